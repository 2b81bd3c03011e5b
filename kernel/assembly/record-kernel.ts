// AssemblyScript. Compiled by `npm run kernel` into src/protocol/records/kernel/kernel-code.ts.
//
// The two loops that every record of a large read or write passes through. What they do not know (an odd record, one that does
// not fit) they leave where it is, and the TypeScript that calls them goes on from there: that is the reference, and says what is
// wrong where something is. All bytes lie in memory that the caller has filled, with room for 32 more behind each range: varints
// and words of 16 bytes are read past an end before it is compared.

/** Where the last call stopped reading. */
export let readTo: u32 = 0;
/** Where it stopped writing. */
export let writtenTo: u32 = 0;
/** `copyValues`: offset delta of the last record copied. */
export let lastDelta: u32 = 0;

// Where the varint that was read last ends; its value comes from the function. Zigzag is left to the caller.
let at: u32 = 0;
const noVarint: u32 = 0xffffffff;

/** An unsigned varint of at most 4 bytes. */
@inline
function varint(): u32 {
  let byte: u32 = load<u8>(at++);
  if (byte < 0x80) return byte;
  let value: u32 = byte & 0x7f;
  byte = load<u8>(at++);
  value |= (byte & 0x7f) << 7;
  if (byte < 0x80) return value;
  return longVarint(value);
}

function longVarint(start: u32): u32 {
  let value = start;
  for (let shift: u32 = 14; shift < 28; shift += 7) {
    const byte: u32 = load<u8>(at++);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  return noVarint;
}

/**
 * Copies the value of each record from `from` on to `to`, and `ending` (`endingLength` bytes, 0 to 7) behind it: at most `count`
 * records, as long as their offset deltas lie in [`first`, `stop`), up to the first that has no value, is not whole below
 * `limit`, or that a reader would not accept. There must be room for as many bytes as are read. `ends` takes the end of what each
 * record became, counted from `to` plus `base`.
 */
export function copyValues(
  from: u32,
  limit: u32,
  to: u32,
  count: u32,
  first: u32,
  stop: u32,
  ending: u64,
  endingLength: u32,
  ends: u32,
  base: u32,
): u32 {
  let target = to;
  let record = from;
  let copied: u32 = 0;
  let delta: u32 = lastDelta;
  while (copied < count && record < limit) {
    at = record;
    const length = varint();
    if (length & 1) break;
    const end = at + (length >> 1);
    if (end > limit) break;
    at++; // attributes
    let stampLength = 1;
    while (load<u8>(at++) >= 0x80 && stampLength < 11) stampLength++;
    if (stampLength > 10) break;
    const offset = varint();
    if (offset & 1) break;
    if (offset >> 1 < first || offset >> 1 >= stop) break;
    const key = varint();
    if (key != 1) {
      if (key & 1) break;
      at += key >> 1;
      if (at > end) break;
    }
    const valueLength = varint();
    if (valueLength & 1) break;
    const start = at;
    at += valueLength >> 1;
    if (at >= end) break;
    const headers = varint();
    if (headers & 1 || at > end || (headers == 0 && at != end)) break;
    copy(target, start, valueLength >> 1);
    target += valueLength >> 1;
    store<u64>(target, ending);
    target += endingLength;
    store<u32>(ends + (copied << 2), target - to + base);
    record = end;
    delta = offset >> 1;
    copied++;
  }
  readTo = record;
  writtenTo = target;
  lastDelta = delta;
  return copied;
}

/**
 * Writes a record without a key for each line from `from` on, `delimiter` ending it, to `to`: as long as records end at or below
 * `room` and lines below `limit`, until the lines taken have `wanted` bytes. The first record is number `first` of its batch;
 * `stamp` is its timestamp delta as a varint of `stampLength` bytes, 1 to 8.
 */
export function takeLines(
  from: u32,
  limit: u32,
  delimiter: u32,
  to: u32,
  room: u32,
  first: u32,
  stamp: u64,
  stampLength: u32,
  wanted: u32,
): u32 {
  const ends = i8x16.splat(<i8>delimiter);
  let line = from;
  let record = to;
  let number = first;
  let bytes: u32 = 0;
  while (bytes < wanted) {
    let end = line;
    let found = 0;
    for (; end < limit; end += 16) {
      found = i8x16.bitmask(i8x16.eq(v128.load(end), ends));
      if (found != 0) break;
    }
    end += found == 0 ? 0 : ctz(found);
    if (found == 0 || end >= limit) break;
    const length = end - line;
    const body = 3 + stampLength + sizeOf(number << 1) + sizeOf(length << 1) + length;
    if (record + sizeOf(body << 1) + body > room) break;
    at = record;
    write(body << 1);
    store<u8>(at++, 0); // attributes
    store<u64>(at, stamp);
    at += stampLength;
    write(number << 1);
    store<u8>(at++, 1); // no key
    write(length << 1);
    copy(at, line, length);
    at += length;
    store<u8>(at++, 0); // no headers
    record = at;
    line = end + 1;
    bytes += length;
    number++;
  }
  readTo = line;
  writtenTo = record;
  return number - first;
}

@inline
function copy(to: u32, from: u32, length: u32): void {
  if (length > 2048) return memory.copy(to, from, length);
  for (let done: u32 = 0; done < length; done += 16) v128.store(to + done, v128.load(from + done));
}

@inline
function sizeOf(value: u32): u32 {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}

@inline
function write(value: u32): void {
  let left = value;
  for (; left >= 0x80; left >>= 7) store<u8>(at++, left | 0x80);
  store<u8>(at++, left);
}
