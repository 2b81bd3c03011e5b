import { parseTopicSelection } from '../../core/topics/topic-selection.js';
import { consumeGroup } from '../../operations/console/consume-group.js';
import type { ReadOptions } from '../../operations/console/read-ranges.js';
import type { Invocation } from '../handler.js';
import type { ConsumeFlags } from './consume-flags.js';
import { commitPolicy, memberOptions } from './group-flags.js';

// What is added to a topic is not to be missed for the five minutes after which a consumer looks by itself.
const metadataRefreshMs = 5000;

/** `console consume --group ID`: the part of the topics that the group gives to this run. */
export async function consumeInGroup(
  { options, ctx, session }: Invocation<ConsumeFlags>,
  topics: readonly string[],
  { format, sink, maxMessages, idleTimeoutMs, isCommittedOnly }: ReadOptions,
): Promise<void> {
  const commit = commitPolicy(options);
  const { patterns, names } = parseTopicSelection(topics, options.literal);
  const { properties } = await session.settings();
  await consumeGroup(ctx, {
    member: { ...memberOptions(options, topics, properties), metadataRefreshMs },
    ...{ format, sink, maxMessages, idleTimeoutMs, commit },
    isCommittedOnly:
      isCommittedOnly || (options.isolationLevel === undefined && properties.get('isolation.level')?.value === 'read_committed'),
    exitAtEnd: options.exitAtEnd === true,
    // A group would wait for topics to come that match, and nobody would see the typing error.
    ...(patterns.length > 0 && { expected: { names, patterns } }),
    refuseOddGroup: options.literal !== true,
    fetch: { rack: properties.get('client.rack')?.value },
    say: (line) => {
      if (options.verbose === true) session.notice(line);
    },
  });
}
