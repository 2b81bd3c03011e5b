/** A regular expression that RE2 refuses; the message says why. */
export class Re2SyntaxError extends Error {}

/** Reads a regular expression from left to right. */
export class RegexReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  /** Moves past `word` where it stands here. */
  take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  /** Whether `word` stands here. */
  sees(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  /** Moves past what a sticky expression matches here. */
  takeMatch(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const match = expression.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match;
  }

  /** Moves past one character, which may be two code units; empty at the end. */
  takeCharacter(): string {
    const point = this.text.codePointAt(this.at);
    if (point === undefined) return '';
    const character = String.fromCodePoint(point);
    this.at += character.length;
    return character;
  }

  /** Moves past text up to `\E`, which may be missing. */
  takeQuoted(): string {
    const end = this.text.indexOf('\\E', this.at);
    const quoted = end < 0 ? this.text.slice(this.at) : this.text.slice(this.at, end);
    this.at = end < 0 ? this.text.length : end + 2;
    return quoted;
  }
}
