/** A `Double` as Java writes it: always with a fraction, and with an exponent from ten million up and below a thousandth. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const shortest = value.toExponential();
  // Of one digit Java makes the nearest two: the least double is 4.9E-324.
  const [digits = '', exponent = ''] = (shortest.includes('.') ? shortest : value.toExponential(1)).split('e');
  return `${digits}E${exponent.replace('+', '')}`;
}

const decimal = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;

const hexadecimal = /^([+-]?)0[xX](?:([0-9a-fA-F]+)\.?|([0-9a-fA-F]*)\.([0-9a-fA-F]+))[pP]([+-]?\d+)[fFdD]?$/;

/** What Java's `Double.parseDouble` reads in a text, blanks around it and a type letter behind it allowed; undefined for none. */
export function parseDouble(text: string): number | undefined {
  // trim() of Java takes everything up to the blank.
  const trimmed = text.replace(/^[\0- ]+|[\0- ]+$/g, '');
  if (!decimal.test(trimmed)) return parseHexadecimal(trimmed);
  return Number(/(?:NaN|Infinity)$/.test(trimmed) ? trimmed : trimmed.replace(/[fFdD]$/, ''));
}

function parseHexadecimal(text: string): number | undefined {
  const [matched, sign = '', plain, whole = '', fraction = '', exponent = ''] = hexadecimal.exec(text) ?? [];
  if (matched === undefined) return undefined;
  // No setting has more digits than a double holds, so that nothing is rounded twice.
  const digits = Number(`0x${plain ?? whole + fraction}`);
  const power = Number(exponent) - (plain === undefined ? 4 * fraction.length : 0);
  return (sign === '-' ? -1 : 1) * digits * 2 ** power;
}
