import type { Field } from './field.js';
import type { ItemSplit, Outcome, TopicPartition } from './message.js';

/** Where a request lists its items and a response answers them. */
export interface ListCut<Req, Res, Asked, Answered> {
  readonly asked: (request: Req) => readonly Asked[];
  readonly ask: (request: Req, items: readonly Asked[]) => Req;
  readonly askedKey: (item: Asked) => string;
  readonly answered: (response: Res) => readonly Answered[];
  readonly answer: (response: Res, items: readonly Answered[]) => Res;
  readonly answeredKey: (item: Answered) => string;
  /** Error code of one answer. */
  readonly code: (item: Answered) => number;
  readonly limit?: (version: number) => number;
}

/** The cut of a message with one list of items. The first two arguments only tell the body types. */
export function splitList<Req, ReqOut, ResIn, Res, Asked, Answered>(
  _request: Field<ReqOut, Req>,
  _response: Field<Res, ResIn>,
  cut: ListCut<Req, Res, Asked, Answered>,
): ItemSplit<Req, Res, string> {
  return {
    ...(cut.limit === undefined ? {} : { limit: cut.limit }),
    keys: (request) => cut.asked(request).map((item) => cut.askedKey(item)),
    narrow: (request, keep) =>
      cut.ask(
        request,
        cut.asked(request).filter((item) => keep(cut.askedKey(item))),
      ),
    outcomes: (response) => cut.answered(response).map((item) => ({ key: cut.answeredKey(item), code: cut.code(item) })),
    merge(parts) {
      const items = parts.flatMap(({ response, keep }) => cut.answered(response).filter((item) => keep(cut.answeredKey(item))));
      return cut.answer(firstOf(parts).response, items);
    },
  };
}

/** A message about exactly one item, whose answer does not name it: one group, one transactional id. */
export function single<Req, ReqOut, ResIn, Res>(
  _request: Field<ReqOut, Req>,
  _response: Field<Res, ResIn>,
  cut: { readonly key: (request: Req) => string | null; readonly code: (response: Res) => number },
): ItemSplit<Req, Res, string> {
  return {
    keys: (request) => keysOf(cut.key(request)),
    narrow: (request) => request,
    outcomes: (response, request) => keysOf(cut.key(request)).map((key) => ({ key, code: cut.code(response) })),
    merge: (parts) => firstOf(parts).response,
  };
}

function keysOf(key: string | null): string[] {
  return key === null ? [] : [key];
}

/** Where the topics and partitions of a request and of its response are. */
export interface PartitionCut<Req, Res, AskedTopic, AskedPartition, AnsweredTopic, AnsweredPartition> {
  readonly asked: (request: Req) => readonly AskedTopic[];
  readonly ask: (request: Req, topics: readonly AskedTopic[]) => Req;
  readonly askedTopic: TopicShape<AskedTopic, AskedPartition>;
  readonly answered: (response: Res) => readonly AnsweredTopic[];
  readonly answer: (response: Res, topics: readonly AnsweredTopic[]) => Res;
  readonly answeredTopic: TopicShape<AnsweredTopic, AnsweredPartition> & {
    readonly code: (partition: AnsweredPartition) => number;
  };
  /** Error code of the response as a whole; none when absent. */
  readonly code?: (response: Res) => number;
}

/** How a topic lists its partitions. */
export interface TopicShape<Topic, Partition> {
  readonly name: (topic: Topic) => string;
  readonly partitions: (topic: Topic) => readonly Partition[];
  readonly withPartitions: (topic: Topic, partitions: readonly Partition[]) => Topic;
  readonly index: (partition: Partition) => number;
}

/** The cut of a message about partitions grouped by topic. The first two arguments only tell the body types. */
export function splitPartitions<Req, ReqOut, ResIn, Res, AskedTopic, AskedPartition, AnsweredTopic, AnsweredPartition>(
  _request: Field<ReqOut, Req>,
  _response: Field<Res, ResIn>,
  cut: PartitionCut<Req, Res, AskedTopic, AskedPartition, AnsweredTopic, AnsweredPartition>,
): ItemSplit<Req, Res, TopicPartition> {
  const keys = (request: Req): TopicPartition[] => cut.asked(request).flatMap((topic) => partitionsOf(topic, cut.askedTopic));
  return {
    keys,
    narrow: (request, keep) => cut.ask(request, keepPartitions(cut.asked(request), cut.askedTopic, keep)),
    outcomes(response, request): Iterable<Outcome<TopicPartition>> {
      const code = cut.code?.(response) ?? 0;
      if (code !== 0) return keys(request).map((key) => ({ key, code }));
      const { name, partitions, index, code: codeOf } = cut.answeredTopic;
      return cut.answered(response).flatMap((topic) =>
        partitions(topic).map((partition) => ({
          key: { topic: name(topic), partition: index(partition) },
          code: codeOf(partition),
        })),
      );
    },
    merge(parts) {
      const topics = parts.flatMap(({ response, keep }) => keepPartitions(cut.answered(response), cut.answeredTopic, keep));
      return cut.answer(firstOf(parts).response, joinTopics(topics, cut.answeredTopic));
    },
  };
}

function partitionsOf<Topic, Partition>(topic: Topic, shape: TopicShape<Topic, Partition>): TopicPartition[] {
  return shape.partitions(topic).map((partition) => ({ topic: shape.name(topic), partition: shape.index(partition) }));
}

function keepPartitions<Topic, Partition>(
  topics: readonly Topic[],
  shape: TopicShape<Topic, Partition>,
  keep: (key: TopicPartition) => boolean,
): Topic[] {
  return topics.flatMap((topic) => {
    const kept = shape
      .partitions(topic)
      .filter((partition) => keep({ topic: shape.name(topic), partition: shape.index(partition) }));
    return kept.length === 0 ? [] : [shape.withPartitions(topic, kept)];
  });
}

/** Several brokers answer for partitions of one topic; callers see each topic once. */
function joinTopics<Topic, Partition>(topics: readonly Topic[], shape: TopicShape<Topic, Partition>): Topic[] {
  const byName = new Map<string, Topic[]>();
  for (const topic of topics) {
    const same = byName.get(shape.name(topic));
    if (same === undefined) byName.set(shape.name(topic), [topic]);
    else same.push(topic);
  }
  return [...byName.values()].flatMap((same) => {
    const partitions = same.flatMap((topic) => shape.partitions(topic));
    return same.slice(0, 1).map((topic) => shape.withPartitions(topic, partitions));
  });
}

function firstOf<Res>(parts: readonly { readonly response: Res }[]): { readonly response: Res } {
  const first = parts[0];
  if (first === undefined) throw new Error('merging no responses');
  return first;
}
