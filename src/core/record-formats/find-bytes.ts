/** Where `pattern` (at least one byte) first stands in `source[start, end)`; -1 when it does not. */
export function findBytes(source: Uint8Array, pattern: Uint8Array, start: number, end: number): number {
  const first = pattern[0];
  if (first === undefined) throw new RangeError('an empty pattern is everywhere');
  const last = end - pattern.length;
  // A plain loop: separators stand near the start of a line, where a call into the runtime costs more than it saves.
  for (let at = start; at <= last; at++) {
    if (source[at] === first && startsWith(source, pattern, at)) return at;
  }
  return -1;
}

function startsWith(source: Uint8Array, pattern: Uint8Array, at: number): boolean {
  for (let index = 1; index < pattern.length; index++) {
    if (source[at + index] !== pattern[index]) return false;
  }
  return true;
}

/** Whether `source[start, end)` holds exactly the bytes of `pattern`. */
export function equalsBytes(source: Uint8Array, start: number, end: number, pattern: Uint8Array): boolean {
  return (
    end - start === pattern.length && (pattern.length === 0 || (source[start] === pattern[0] && startsWith(source, pattern, start)))
  );
}
