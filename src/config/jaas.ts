/** One login module of a JAAS configuration. */
export interface JaasEntry {
  readonly module: string;
  readonly options: ReadonlyMap<string, string>;
}

const controlFlags: ReadonlySet<string> = new Set(['required', 'requisite', 'sufficient', 'optional']);

/**
 * Parses the value of `sasl.jaas.config`: `module flag key="value" ...;`. Returns what is wrong as text otherwise; the text
 * never repeats the value, which is a secret.
 */
export function parseJaas(text: string): JaasEntry | string {
  const tokens = tokenize(text);
  if (tokens === undefined) return 'a quoted value is not closed';
  const end = tokens.findIndex((token) => !token.quoted && token.text === ';');
  if (end < 0) return "the ';' at its end is missing";
  if (end < tokens.length - 1) return "there is more after the ';': it must name one login module";
  const [module, flag, ...rest] = tokens.slice(0, end);
  if (module === undefined || flag === undefined) return 'it must name a login module and a control flag (required)';
  if (!controlFlags.has(flag.text.toLowerCase())) return `the word after the login module must be 'required'`;
  const options = new Map<string, string>();
  for (let at = 0; at < rest.length; at += 3) {
    const [key, equals, value] = rest.slice(at, at + 3);
    if (key === undefined || equals?.text !== '=' || equals.quoted || value === undefined || isMark(value)) {
      return `option ${at / 3 + 1} is not key="value"`;
    }
    options.set(key.text, value.text);
  }
  return { module: module.text, options };
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

function isMark({ text, quoted }: Token): boolean {
  return !quoted && (text === '=' || text === ';');
}

// Blank, comment, quoted text, a mark, or a bare word; Java's StreamTokenizer splits it the same way.
const tokenPattern = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|([=;])|([^\s"'=;]+)/y;

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const match = tokenPattern.exec(text);
    if (match === null) return undefined;
    const [, double, single, mark, word] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ text: unescape(quoted), quoted: true });
    else if (mark !== undefined || word !== undefined) tokens.push({ text: mark ?? word ?? '', quoted: false });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unescape(quoted: string): string {
  return quoted.replace(/\\([0-3]?[0-7]{1,2}|[\s\S])/g, (_, escaped: string) =>
    /^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (escapes[escaped] ?? escaped),
  );
}
