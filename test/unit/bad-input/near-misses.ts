import fc from 'fast-check';

/** Every parser is given this many inputs that are almost right. */
export const numRuns = 2000;

const oddAscii = Array.from(' \t\n\r\0\u001b"\'\\,:;=-+.%/[]{}()*?#!0123456789eETZPxXuU');
const odd = fc.constantFrom(...oddAscii, 'é', '\ud800', '😀', '٣', '\u202e', '99999999999999999999');

/** Texts that differ from right ones by a few characters, or in everything. */
export function nearMisses(samples: readonly string[]): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...samples);
  const edit = fc.record({
    kind: fc.constantFrom('drop', 'insert', 'replace', 'double', 'join'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    odd,
    other: sample,
  });
  const edited = fc.tuple(sample, fc.array(edit, { maxLength: 4 })).map(([text, edits]) => {
    let result = text;
    for (const { kind, at, odd: character, other } of edits) {
      const index = Math.floor(at * result.length);
      const before = result.slice(0, index);
      const behind = result.slice(index);
      if (kind === 'drop') result = before + behind.slice(1);
      else if (kind === 'insert') result = before + character + behind;
      else if (kind === 'replace') result = before + character + behind.slice(1);
      else if (kind === 'double') result = before + behind + behind;
      else result = before + other;
    }
    return result;
  });
  return fc.oneof(
    { arbitrary: edited, weight: 8 },
    { arbitrary: fc.string({ unit: 'binary' }), weight: 1 },
    { arbitrary: fc.string(), weight: 1 },
  );
}
