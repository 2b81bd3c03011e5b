import type { Coding, Field } from './schema.js';

/** One Kafka API as declared in `protocol/messages/`: its wire form in every version we speak, and where a request goes. */
export interface Message<ReqIn, ReqOut, ResIn, ResOut> {
  /** The API's name in Kafka's schemas, for example `CreateTopics`. */
  readonly name: string;
  readonly apiKey: number;
  readonly minVersion: number;
  /** The newest version we speak: what was tested, not what exists. */
  readonly maxVersion: number;
  /** Why `maxVersion` is below the newest version of Kafka 4.3. */
  readonly ceiling?: string;
  /** First version with compact lengths and tagged fields (KIP-482); `undefined` when no version has them. */
  readonly flexibleFrom: number | undefined;
  readonly request: Field<ReqOut, ReqIn>;
  readonly response: Field<ResOut, ResIn>;
  readonly route: Route<ReqIn, ResOut>;
  /** Error codes of the response as a whole or of its items, each with the broker's own message where it sent one. */
  errors(response: ResOut): Iterable<ResponseError>;
}

export interface ResponseError {
  readonly code: number;
  readonly message?: string | null;
}

/** Which broker a request must reach. `broker` means that the caller names the node id. */
export type Route<Req, Res> =
  | { readonly to: 'any'; readonly items?: ItemSplit<Req, Res, string> }
  | { readonly to: 'controller'; readonly items?: ItemSplit<Req, Res, string> }
  | { readonly to: 'broker' }
  | { readonly to: 'coordinator'; readonly type: CoordinatorType; readonly items: ItemSplit<Req, Res, string> }
  | { readonly to: 'leader'; readonly items: ItemSplit<Req, Res, TopicPartition> };

export type CoordinatorType = 'group' | 'transaction';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * How a body of many items is cut by broker and put together again. The retry layer uses the same cut to ask again only for
 * the items whose error is retriable.
 */
export interface ItemSplit<Req, Res, Key> {
  /** The items a request asks about. */
  keys(request: Req): Key[];
  /** The same request for the kept items only. */
  narrow(request: Req, keep: (key: Key) => boolean): Req;
  /** Each item's error code in a response (0 for success); a response-wide error counts for every item in it. */
  outcomes(response: Res): Iterable<{ readonly key: Key; readonly code: number }>;
  /** One response with, of each given response, the kept items. */
  merge(parts: readonly { readonly response: Res; readonly keep: (key: Key) => boolean }[]): Res;
}

// Variance: callers that handle any message never look inside its body.
export type AnyMessage = Message<any, any, any, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- see above

export type RequestBody<M> = M extends Message<infer ReqIn, infer _A, infer _B, infer _C> ? ReqIn : never;
export type ResponseBody<M> = M extends Message<infer _A, infer _B, infer _C, infer ResOut> ? ResOut : never;

/** Declares a message; exists so that body types are inferred from the schemas. */
export function defineMessage<ReqIn, ReqOut, ResIn, ResOut>(
  message: Message<ReqIn, ReqOut, ResIn, ResOut>,
): Message<ReqIn, ReqOut, ResIn, ResOut> {
  return message;
}

/** The coding of a message at a version. */
export function codingOf(message: AnyMessage, version: number): Coding {
  return { version, flexible: message.flexibleFrom !== undefined && version >= message.flexibleFrom };
}
