import { topicNameProblem } from '../topics/topic-name.js';
import type { BelowZero, OffsetEntry, OffsetFileProblem } from './offset-file.js';

/** JSON with exact integers: an integer literal is a `bigint`, any other number a `number`. */
export type ExactJson = null | boolean | string | bigint | number | readonly ExactJson[] | { readonly [member: string]: ExactJson };
export type ExactObject = Readonly<Record<string, ExactJson>>;

const maxInt32 = 2n ** 31n - 1n;
const maxInt64 = 2n ** 63n - 1n;
const partitionLimits = { min: 0n, max: maxInt32, what: 'from 0 to 2147483647' };

/** Reads members of one kind of JSON value and notes what is wrong, so that a file's problems are told all at once. */
export class MemberReader {
  readonly problems: OffsetFileProblem[] = [];
  private readonly allowHighWatermark: boolean;

  constructor(allowHighWatermark: boolean) {
    this.allowHighWatermark = allowHighWatermark;
  }

  problem(at: string, message: string): undefined {
    this.problems.push({ at, message });
    return undefined;
  }

  text(value: ExactJson | undefined, at: string): string | undefined {
    if (value === undefined) return undefined;
    return typeof value === 'string' ? value : this.problem(at, `must be text, found ${describeJson(value)}`);
  }

  private integer(
    value: ExactJson | undefined,
    at: string,
    limits: { min: bigint; max: bigint; what: string },
  ): bigint | undefined {
    if (value === undefined) return this.problem(at, 'is missing');
    if (typeof value !== 'bigint') return this.problem(at, `must be a whole number, found ${describeJson(value)}`);
    if (value >= limits.min && value <= limits.max) return value;
    return this.problem(at, `must be ${limits.what}, found ${value}`);
  }

  /** One partition; `undefined` when anything in it is wrong. */
  entry(value: ExactJson, at: string): OffsetEntry | undefined {
    if (!isObject(value)) return this.problem(at, `must be an object, found ${describeJson(value)}`);
    const before = this.problems.length;
    const topic = this.topic(value['topic'], `${at}.topic`);
    const partition = this.integer(value['partition'], `${at}.partition`, partitionLimits);
    const offset = this.offset(value['offset'], `${at}.offset`);
    const optional = this.optionalMembers(value, at);
    if (this.problems.length > before || topic === undefined || partition === undefined || offset === undefined) return undefined;
    return { topic, partition: Number(partition), offset: offset === -1n ? 'high-watermark' : offset, ...optional };
  }

  /** One commit below zero; `undefined` when anything in it is wrong. */
  belowZero(value: ExactJson, at: string): BelowZero | undefined {
    if (!isObject(value)) return this.problem(at, `must be an object, found ${describeJson(value)}`);
    const topic = this.topic(value['topic'], `${at}.topic`);
    const partition = this.integer(value['partition'], `${at}.partition`, partitionLimits);
    const offset = this.integer(value['offset'], `${at}.offset`, { min: -maxInt64 - 1n, max: -1n, what: 'below zero' });
    if (topic === undefined || partition === undefined || offset === undefined) return undefined;
    return { topic, partition: Number(partition), offset };
  }

  private topic(value: ExactJson | undefined, at: string): string | undefined {
    if (value === undefined) return this.problem(at, 'is missing');
    const topic = this.text(value, at);
    if (topic === '') return this.problem(at, 'must not be empty');
    // No topic can have such a name, so the file is not what somebody meant.
    const problem = topic === undefined ? undefined : topicNameProblem(topic);
    return problem === undefined ? topic : this.problem(at, problem);
  }

  private offset(value: ExactJson | undefined, at: string): bigint | undefined {
    const min = this.allowHighWatermark ? -1n : 0n;
    const what = this.allowHighWatermark
      ? 'from 0 to 9223372036854775807, or -1 for the high watermark'
      : value === -1n
        ? '0 or more (-1, the high watermark, has a meaning only when records are deleted)'
        : 'from 0 to 9223372036854775807';
    return this.integer(value, at, { min, max: maxInt64, what });
  }

  private optionalMembers(value: ExactObject, at: string): Partial<OffsetEntry> {
    const metadata = this.text(value['metadata'], `${at}.metadata`);
    const topicId = this.text(value['topicId'], `${at}.topicId`);
    if (topicId !== undefined && !/^[A-Za-z0-9_-]{22}$/.test(topicId)) {
      this.problem(`${at}.topicId`, `must be a topic id of 22 characters, found '${topicId}'`);
    }
    // null and -1 both say "not known" in what other tools write.
    const epochGiven = value['leaderEpoch'] !== undefined && value['leaderEpoch'] !== null && value['leaderEpoch'] !== -1n;
    const leaderEpoch = epochGiven
      ? this.integer(value['leaderEpoch'], `${at}.leaderEpoch`, { min: 0n, max: maxInt32, what: 'from 0 to 2147483647' })
      : undefined;
    return {
      ...(leaderEpoch !== undefined && { leaderEpoch: Number(leaderEpoch) }),
      ...(topicId !== undefined && { topicId }),
      ...(metadata !== undefined && { metadata }),
      ...this.timeMembers(value, at),
    };
  }

  private timeMembers(value: ExactObject, at: string): Pick<OffsetEntry, 'timestamp' | 'atEnd'> {
    const { timestamp: given, atEnd } = value;
    if (atEnd !== undefined && typeof atEnd !== 'boolean')
      this.problem(`${at}.atEnd`, `must be true or false, found ${describeJson(atEnd)}`);
    const what = 'milliseconds since 1970, or null where none is known';
    // Kafka's word for "none" is no time; what lies below it was before 1970.
    if (given === -1n) this.problem(`${at}.timestamp`, `must be ${what}, found -1`);
    const limits = { min: -maxInt64 - 1n, max: maxInt64, what };
    const timestamp = given === undefined ? undefined : given === null ? 'unknown' : this.integer(given, `${at}.timestamp`, limits);
    return { ...(timestamp !== undefined && { timestamp }), ...(atEnd === true && { atEnd }) };
  }
}

export function isObject(value: ExactJson | undefined): value is ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value as an error message names it, cut where it is long. */
export function describeJson(value: ExactJson): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `the text '${value.length > 40 ? `${value.slice(0, 40)}...` : value}'`;
  return Array.isArray(value) ? 'an array' : 'an object';
}
