import { CliError } from '../errors.js';
import { topicNameProblem } from '../topics/topic-name.js';
import type { GivenOffsets } from './groups-of-file.js';

/**
 * The offsets of a file under the names that topics have elsewhere, for words like `orders=primary.orders`. A leader epoch and a
 * topic id belong to the old topic and are left out.
 *
 * @throws CliError `usage` for a word that is no such pair, a topic mapped twice or not in the file, and two topics that become one
 */
export function mapTopics(groups: readonly GivenOffsets[], words: readonly string[]): GivenOffsets[] {
  const names = parsePairs(words);
  const known = new Set(groups.flatMap(({ entries, belowZero = [] }) => [...entries, ...belowZero].map(({ topic }) => topic)));
  for (const from of names.keys()) {
    if (!known.has(from)) throw new CliError('usage', `--map-topic: the file has no offsets of topic '${from}'`);
  }
  const becomes = new Map<string, string>();
  for (const topic of known) {
    const to = names.get(topic) ?? topic;
    const other = becomes.get(to);
    if (other !== undefined) throw new CliError('usage', `--map-topic: topics '${other}' and '${topic}' would both become '${to}'`);
    becomes.set(to, topic);
  }
  return groups.map(({ groupId, entries, belowZero }) => ({
    groupId,
    ...(belowZero && { belowZero: belowZero.map((commit) => ({ ...commit, topic: names.get(commit.topic) ?? commit.topic })) }),
    entries: entries.map((entry) => {
      const topic = names.get(entry.topic);
      if (topic === undefined || topic === entry.topic) return entry;
      const { leaderEpoch: _epoch, topicId: _id, ...rest } = entry;
      return { ...rest, topic };
    }),
  }));
}

function parsePairs(words: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const word of words) {
    // A topic's name holds no equals sign.
    const [from = '', to = '', ...rest] = word.split('=');
    if (from === '' || to === '' || rest.length > 0) {
      throw new CliError('usage', `--map-topic '${word}' is no pair of topics`, {
        hint: 'write --map-topic orders=primary.orders',
      });
    }
    const problem = topicNameProblem(to);
    if (problem !== undefined) throw new CliError('usage', `--map-topic '${word}': ${problem}`);
    if (names.has(from)) throw new CliError('usage', `--map-topic names topic '${from}' twice`);
    names.set(from, to);
  }
  return names;
}
