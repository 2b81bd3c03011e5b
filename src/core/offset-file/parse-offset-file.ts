import type { BelowZero, OffsetEntry, OffsetFile, OffsetGroup, ParsedOffsetFile } from './offset-file.js';
import { describeJson, isObject, MemberReader, type ExactJson, type ExactObject } from './parse-members.js';

export interface ParseOptions {
  /** Whether an offset of -1 is accepted and means the high watermark, as in Kafka's delete-records files. */
  readonly allowHighWatermark: boolean;
}

/** Checks the JSON form of an offset file strictly and reports every problem at once; never throws. */
export function parseOffsetFile(json: ExactJson, options: ParseOptions): ParsedOffsetFile {
  const reader = new MemberReader(options.allowHighWatermark);
  if (!isObject(json)) return { problems: [{ at: '', message: `must be a JSON object, found ${describeJson(json)}` }] };
  checkVersion(json, reader);
  const groups = readGroups(json, reader);
  const clusterId = reader.text(json['clusterId'] ?? undefined, 'clusterId');
  const takenAt = reader.text(json['takenAt'] ?? undefined, 'takenAt');
  const source = reader.text(json['source'] ?? undefined, 'source');
  if (reader.problems.length > 0) return { problems: reader.problems };
  const file: OffsetFile = {
    ...(clusterId !== undefined && { clusterId }),
    ...(takenAt !== undefined && { takenAt }),
    ...(source !== undefined && { source }),
    groups,
  };
  return { file };
}

/** The rows of Kafka's CSV exports: `topic,partition,offset`, or `group,topic,partition,offset`; `lines` are the rows' line numbers. */
export function parseOffsetRows(rows: readonly { line: number; cells: readonly string[] }[]): ParsedOffsetFile {
  const reader = new MemberReader(false);
  const groups = new Map<string | undefined, { entry: OffsetEntry; at: string }[]>();
  const width = rows[0]?.cells.length;
  for (const { line, cells } of rows) {
    const at = `line ${line}`;
    if ((cells.length !== 3 && cells.length !== 4) || cells.length !== width) {
      reader.problem(
        at,
        `must have ${width === 4 ? 'group,topic,partition,offset' : 'topic,partition,offset'}, found ${cells.length} fields`,
      );
      continue;
    }
    const [topic = '', partition = '', offset = ''] = cells.slice(-3);
    const entry = reader.entry({ topic, partition: exactCell(partition), offset: exactCell(offset) }, at);
    const group = cells.length === 4 ? cells[0] : undefined;
    if (group === '') reader.problem(at, 'the group must not be empty');
    if (entry !== undefined) groups.set(group, [...(groups.get(group) ?? []), { entry, at }]);
  }
  if (rows.length === 0) reader.problem('', 'is empty');
  for (const entries of groups.values()) refuseDuplicates(entries, reader);
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { file: { groups: [...groups].map(([group, entries]) => toGroup(group, entries)) } };
}

function toGroup(group: string | undefined, entries: readonly { entry: OffsetEntry }[]): OffsetGroup {
  return { ...(group !== undefined && { group }), partitions: entries.map(({ entry }) => entry) };
}

function exactCell(cell: string): ExactJson {
  return /^-?\d+$/.test(cell) ? BigInt(cell) : cell;
}

function checkVersion(json: ExactObject, reader: MemberReader): void {
  const version = json['version'];
  // Kafka takes a file without a version for version 1.
  if (version === undefined || version === 1n) return;
  reader.problem('version', `must be 1, the only version there is, found ${describeJson(version)}`);
}

function readGroups(json: ExactObject, reader: MemberReader): OffsetGroup[] {
  if (json['groups'] === undefined) return [readGroup(json, '', reader)];
  if (json['partitions'] !== undefined) reader.problem('', "has both 'groups' and 'partitions'; one of them must go");
  const groups = json['groups'];
  if (!Array.isArray(groups)) {
    reader.problem('groups', `must be an array, found ${describeJson(groups)}`);
    return [];
  }
  const seen = new Map<string, string>();
  return (groups as readonly ExactJson[]).flatMap((value, index) => {
    const at = `groups[${index}]`;
    if (!isObject(value)) {
      reader.problem(at, `must be an object, found ${describeJson(value)}`);
      return [];
    }
    const read = readGroup(value, `${at}.`, reader);
    if (value['group'] === undefined) reader.problem(`${at}.group`, 'is missing');
    if (read.group !== undefined) {
      const earlier = seen.get(read.group);
      if (earlier !== undefined) reader.problem(`${at}.group`, `repeats group '${read.group}' of ${earlier}`);
      else seen.set(read.group, at);
    }
    return [read];
  });
}

function readGroup(json: ExactObject, prefix: string, reader: MemberReader): OffsetGroup {
  const group = reader.text(json['group'] ?? undefined, `${prefix}group`);
  if (group === '') reader.problem(`${prefix}group`, 'must not be empty');
  const partitions = json['partitions'];
  if (partitions === undefined || !Array.isArray(partitions)) {
    reader.problem(
      `${prefix}partitions`,
      partitions === undefined ? 'is missing' : `must be an array, found ${describeJson(partitions)}`,
    );
    return toGroup(group, []);
  }
  const entries = (partitions as readonly ExactJson[]).flatMap((value, index) => {
    const at = `${prefix}partitions[${index}]`;
    const entry = reader.entry(value, at);
    return entry === undefined ? [] : [{ entry, at }];
  });
  const belowZero = readBelowZero(json['belowZero'], `${prefix}belowZero`, reader);
  refuseDuplicates([...entries, ...belowZero], reader);
  const read = toGroup(group, entries);
  return belowZero.length === 0 ? read : { ...read, belowZero: belowZero.map(({ entry }) => entry) };
}

function readBelowZero(json: ExactJson | undefined, prefix: string, reader: MemberReader): { entry: BelowZero; at: string }[] {
  if (json === undefined) return [];
  if (!Array.isArray(json)) {
    reader.problem(prefix, `must be an array, found ${describeJson(json)}`);
    return [];
  }
  return (json as readonly ExactJson[]).flatMap((value, index) => {
    const at = `${prefix}[${index}]`;
    const entry = reader.belowZero(value, at);
    return entry === undefined ? [] : [{ entry, at }];
  });
}

function refuseDuplicates(
  entries: readonly { entry: Pick<OffsetEntry, 'topic' | 'partition'>; at: string }[],
  reader: MemberReader,
): void {
  const seen = new Map<string, string>();
  for (const { entry, at } of entries) {
    // A topic name holds no blank, so the key is unambiguous.
    const key = `${entry.topic} ${entry.partition}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) reader.problem(at, `repeats ${entry.topic}-${entry.partition} of ${earlier}`);
    else seen.set(key, at);
  }
}
