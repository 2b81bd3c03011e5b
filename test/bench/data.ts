import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Lines of one file: their number, and a checksum that does not depend on their order (partitions interleave). */
export interface Fingerprint {
  readonly lines: number;
  readonly sum: string;
}

const words = ['order', 'paid', 'shipped', 'berlin', 'lisbon', 'oslo', 'express', 'parcel', 'invoice', 'refund', 'eur', 'usd'];

/** Writes `count` numbered lines of exactly `width` bytes (newline not counted) that compress about as well as log lines do. */
export function writeLines(path: string, count: number, width: number): void {
  const fd = openSync(path, 'w');
  // A fixed seed: every run and every peer gets the same bytes.
  let state = 0x2545f491;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
  let chunk: string[] = [];
  for (let index = 0; index < count; index++) {
    let line = `${String(index).padStart(9, '0')} ${random(0x7fffffff).toString(36)}`;
    while (line.length < width) line += ` ${words[random(words.length)] ?? ''}-${random(10_000)}`;
    chunk.push(line.slice(0, width));
    if (chunk.length === 10_000 || index === count - 1) {
      writeSync(fd, `${chunk.join('\n')}\n`);
      chunk = [];
    }
  }
  closeSync(fd);
}

/** Counts the lines of a file and adds up a 64-bit hash of each. */
export function fingerprint(path: string): Fingerprint {
  const fd = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(4 << 20);
  let kept = 0;
  let lines = 0;
  let high = 0;
  let low = 0;
  for (
    let read = readSync(fd, buffer, kept, buffer.length - kept, null);
    read > 0;
    read = readSync(fd, buffer, kept, buffer.length - kept, null)
  ) {
    const end = kept + read;
    let start = 0;
    for (let newline = buffer.indexOf(10, start); newline !== -1 && newline < end; newline = buffer.indexOf(10, start)) {
      const [a, b] = hashRange(buffer, start, newline);
      low += a;
      high = (high + b + Math.floor(low / 0x100000000)) >>> 0;
      low >>>= 0;
      lines++;
      start = newline + 1;
    }
    buffer.copy(buffer, 0, start, end);
    kept = end - start;
  }
  closeSync(fd);
  if (kept > 0) throw new Error(`${path} ends in the middle of a line (${statSync(path).size} bytes)`);
  return { lines, sum: high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0') };
}

/** Two FNV-1a style 32-bit hashes of a byte range, with different multipliers. */
function hashRange(buffer: Buffer, start: number, end: number): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let at = start; at < end; at++) {
    const byte = buffer[at] ?? 0;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
  }
  return [a >>> 0, b >>> 0];
}

/** SHA-256 of a file's bytes, for outputs that must be identical byte for byte. */
export function digest(path: string): string {
  const fd = openSync(path, 'r');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1 << 20);
  for (let read = readSync(fd, buffer, 0, buffer.length, null); read > 0; read = readSync(fd, buffer, 0, buffer.length, null)) {
    hash.update(buffer.subarray(0, read));
  }
  closeSync(fd);
  return hash.digest('hex');
}
