import { formatDouble } from './double.js';

/** A JSON value as Kafka's JSON library keeps it: whole numbers exactly, others as doubles. */
export type JsonNode =
  | { readonly kind: 'missing' }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'whole'; readonly value: bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, JsonNode> };

/** The value as compact JSON, as messages show it. */
export function formatJson(node: JsonNode): string {
  switch (node.kind) {
    case 'missing':
      return '';
    case 'null':
      return 'null';
    case 'boolean':
    case 'whole':
      return String(node.value);
    case 'double':
      return formatDouble(node.value);
    case 'string':
      return JSON.stringify(node.value);
    case 'array':
      return `[${node.items.map(formatJson).join(',')}]`;
    case 'object':
      return `{${[...node.fields].map(([name, value]) => `${JSON.stringify(name)}:${formatJson(value)}`).join(',')}}`;
  }
}

/**
 * Reads the first JSON value of a text, whatever stands behind it; undefined where there is none. Of a field given twice the last
 * counts.
 */
export function parseJson(text: string): JsonNode | undefined {
  const reader = new TextReader(text);
  try {
    return reader.isAtEnd() ? { kind: 'missing' } : reader.value();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const tokens =
  /[[\]{}:,]|"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const blanks = /[ \t\r\n]*/y;

class TextReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    this.skipBlanks();
    return this.at === this.text.length;
  }

  value(token = this.token()): JsonNode {
    if (token === '{') return this.object();
    if (token === '[') return this.array();
    if (token === 'null') return { kind: 'null' };
    if (token === 'true' || token === 'false') return { kind: 'boolean', value: token === 'true' };
    if (token.startsWith('"')) return { kind: 'string', value: JSON.parse(token) as string }; // a JSON string by its shape
    if (/^-?\d+$/.test(token)) return { kind: 'whole', value: BigInt(token) };
    if (/^-?\d/.test(token)) return { kind: 'double', value: Number(token) };
    throw new SyntaxError(token);
  }

  private object(): JsonNode {
    const fields = new Map<string, JsonNode>();
    for (let token = this.token(); token !== '}'; token = this.token()) {
      if (!token.startsWith('"')) throw new SyntaxError(token);
      const name = JSON.parse(token) as string; // a JSON string by its shape
      if (this.token() !== ':') throw new SyntaxError(name);
      fields.set(name, this.value());
      if (this.hasEnded('}')) break;
    }
    return { kind: 'object', fields };
  }

  private array(): JsonNode {
    const items: JsonNode[] = [];
    for (let token = this.token(); token !== ']'; token = this.token()) {
      items.push(this.value(token));
      if (this.hasEnded(']')) break;
    }
    return { kind: 'array', items };
  }

  /** Takes the end, or the comma, behind which something must follow. */
  private hasEnded(end: string): boolean {
    const token = this.token();
    if (token === end) return true;
    if (token !== ',') throw new SyntaxError(token);
    this.skipBlanks();
    if (this.text[this.at] === end) throw new SyntaxError(end);
    return false;
  }

  private token(): string {
    this.skipBlanks();
    tokens.lastIndex = this.at;
    const [token] = tokens.exec(this.text) ?? [];
    if (token === undefined) throw new SyntaxError(`at ${this.at}`);
    this.at += token.length;
    // A number or a word must not run into the next one: 01, nulls.
    if (/[\w.+-]/.test(token.at(-1) ?? '') && /[\w.+-]/.test(this.text[this.at] ?? '')) throw new SyntaxError(token);
    return token;
  }

  private skipBlanks(): void {
    blanks.lastIndex = this.at;
    blanks.exec(this.text);
    this.at = blanks.lastIndex;
  }
}
