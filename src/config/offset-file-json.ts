import { parse } from 'lossless-json';
import type { ParsedOffsetFile } from '../core/offset-file/offset-file.js';
import type { ExactJson } from '../core/offset-file/parse-members.js';
import { parseOffsetFile, type ParseOptions } from '../core/offset-file/parse-offset-file.js';

class DuplicateKey extends Error {
  readonly position: number;

  constructor(key: string, position: number) {
    super(`the member '${key}' is given twice, with different values`);
    this.position = position;
  }
}

/** What the JSON text of an offset file says; integers are read exactly, and a member given twice with two values is a problem. */
export function parseOffsetJson(text: string, options: ParseOptions): ParsedOffsetFile {
  let json: ExactJson;
  try {
    // The library promises nothing about types; it builds JSON values, with numbers made by parseNumber.
    json = parse(text, null, {
      parseNumber: (literal) => (/^-?\d+$/.test(literal) ? BigInt(literal) : Number(literal)),
      onDuplicateKey: ({ key, position }) => {
        // The library's position is that behind the quote.
        throw new DuplicateKey(key, position - 1);
      },
    }) as ExactJson;
  } catch (error) {
    if (error instanceof DuplicateKey) return { problems: [{ at: placeOf(text, error.position), message: error.message }] };
    if (error instanceof SyntaxError) return { problems: [syntaxProblem(text, error.message)] };
    throw error;
  }
  return parseOffsetFile(json, options);
}

function syntaxProblem(text: string, said: string): { at: string; message: string } {
  const [, what = said, position] = /^(.*?) at position (\d+)$/s.exec(said) ?? [];
  return { at: position === undefined ? '' : placeOf(text, Number(position)), message: `is not JSON: ${what}` };
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
