// C0 and C1 controls, DEL, and the characters that reorder text: a name or message from elsewhere must not drive the terminal.
// eslint-disable-next-line no-control-regex -- control characters are the point
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with control and direction characters shown as escapes (`\n`, `\x1b`, `\u202e`); everything else as it is. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    return (
      short[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`)
    );
  });
}
