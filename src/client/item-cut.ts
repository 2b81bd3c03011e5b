import { kafkaError } from '../protocol/errors.js';
import type { AnyMessage, ItemSplit, TopicPartition } from '../protocol/message.js';

/** One response and the ids of the items that count in it. */
export interface Part {
  readonly response: unknown;
  readonly ids: ReadonlySet<string>;
}

/** A message's own cut with every item named by text, so that the retry layer can hold items of any message in sets and maps. */
export interface ItemCut {
  /** The items of the body; exactly one, the {@link wholeId}, where the message is not cut. */
  readonly ids: readonly string[];
  narrow(ids: ReadonlySet<string>): unknown;
  /** Most items for one request at this version. */
  limit(version: number): number;
  /** The error code of each item of the request that was sent. */
  outcomes(response: unknown, request: unknown): ReadonlyMap<string, number>;
  merge(parts: readonly Part[]): unknown;
  /** The partition or text that an id stands for. */
  key(id: string): TopicPartition | string;
}

/** The only item of a message that is not cut. */
export const wholeId = '\0whole';

/** Cuts a body as its message declares. */
export function cutItems(message: AnyMessage, body: unknown): ItemCut {
  const items = 'items' in message.route ? message.route.items : undefined;
  // Keys are either text or partitions throughout one message; idOf() tells them apart.
  const split = items as ItemSplit<unknown, unknown, TopicPartition | string> | undefined;
  const keys = split?.keys(body) ?? [];
  return split === undefined || keys.length === 0 ? whole(message, body) : cut(split, body, keys);
}

/** The name of an item. */
export function idOf(key: TopicPartition | string): string {
  return typeof key === 'string' ? key : `${key.topic} ${key.partition}`;
}

function cut(
  split: ItemSplit<unknown, unknown, TopicPartition | string>,
  body: unknown,
  keys: readonly (TopicPartition | string)[],
): ItemCut {
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  return {
    ids: [...byId.keys()],
    narrow: (ids) => (ids.size === byId.size ? body : split.narrow(body, (key) => ids.has(idOf(key)))),
    limit: (version) => split.limit?.(version) ?? Infinity,
    outcomes: (response, request) => new Map([...split.outcomes(response, request)].map(({ key, code }) => [idOf(key), code])),
    merge(parts) {
      const [first] = parts;
      // The usual case: one broker answered everything.
      if (parts.length === 1 && first?.ids.size === byId.size) return first.response;
      return split.merge(parts.map(({ response, ids }) => ({ response, keep: (key) => ids.has(idOf(key)) })));
    },
    key: (id) => byId.get(id) ?? id,
  };
}

function whole(message: AnyMessage, body: unknown): ItemCut {
  return {
    ids: [wholeId],
    narrow: () => body,
    limit: () => Infinity,
    outcomes: (response) => new Map([[wholeId, tellingCode(message, response)]]),
    merge: (parts) => parts.at(-1)?.response,
    key: (id) => id,
  };
}

/** The code that decides about a retry: a retriable one before a final one. */
function tellingCode(message: AnyMessage, response: unknown): number {
  let telling = 0;
  for (const { code } of message.errors(response)) {
    if (code === 0) continue;
    if (kafkaError(code).retriable) return code;
    if (telling === 0) telling = code;
  }
  return telling;
}
