import type { Coding, Field } from './field.js';

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
  /** For messages whose old versions are shaped differently; applied by `encodeRequest` and `decodeResponse` in `frame.ts`. */
  readonly adapt?: Adapter<ReqIn, ResOut>;
  /**
   * Error codes of the response as a whole or of its items, each with the broker's own message where it sent one. Where a message
   * has no items these decide whether it is asked again, so codes that are data (a partition without a leader) are left out.
   */
  errors(response: ResOut): Iterable<ResponseError>;
}

/** An error code of a response, with the broker's own message where it sent one. */
export interface ResponseError {
  readonly code: number;
  readonly message?: string | null;
}

/** Lets callers use the newest shape of a message with every version. */
export interface Adapter<Req, Res> {
  /** First version that needs no adapting. */
  readonly before: number;
  /** The request as an older version puts it. */
  request(request: Req, version: number): Req;
  /** The answer of an older version in the newest shape. `request` is the one that was answered, in the newest shape too. */
  response(response: Res, request: Req): Res;
}

/**
 * Which broker a request must reach. `broker` means that the caller names the node id. A `coordinator` or `leader` request
 * without keys may go to any broker.
 */
export type Route<Req, Res> =
  | { readonly to: 'any'; readonly items?: ItemSplit<Req, Res, string> }
  | { readonly to: 'controller'; readonly items?: ItemSplit<Req, Res, string> }
  | { readonly to: 'broker' }
  | { readonly to: 'coordinator'; readonly type: CoordinatorType; readonly items: ItemSplit<Req, Res, string> }
  | { readonly to: 'leader'; readonly items: ItemSplit<Req, Res, TopicPartition> };

/** The two kinds of coordinator a message can be routed to. */
export type CoordinatorType = 'group' | 'transaction';

/** A partition of a topic, by name. */
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
  /** Most items that one request of this version can carry; any number when absent. */
  limit?(version: number): number;
  /** The error code of every item of `request` (0 for success); a response-wide error counts for every item. */
  outcomes(response: Res, request: Req): Iterable<Outcome<Key>>;
  /** One response with, of each given response, the kept items. */
  merge(parts: readonly { readonly response: Res; readonly keep: (key: Key) => boolean }[]): Res;
}

/** How one item of a request ended. */
export interface Outcome<Key> {
  readonly key: Key;
  readonly code: number;
}

/** A message of any body; callers that handle one never look inside. */
export type AnyMessage = Message<any, any, any, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- variance: bodies are both read and written

/** What a request of the message is made from. */
export type RequestBody<M> = M extends Message<infer ReqIn, infer _A, infer _B, infer _C> ? ReqIn : never;
/** What its answer is decoded to. */
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
