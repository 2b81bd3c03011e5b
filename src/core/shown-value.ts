/** Whole numbers, sizes and times as people write them. A secret made of digits alone is longer. */
const shortNumber = /^[+-]?\d{1,10}(?:\.\d{1,3})?(?:ms|s|m|h|d|k|mb|gb)?$/i;

/**
 * As much of a setting's value as a message may show, in quotes. A password that slipped into the wrong place must not reach a
 * terminal, a log or a ticket: only small numbers and the words that are known to be harmless are shown whole, everything else by
 * its first letters and its length.
 */
export function shownValue(value: string, harmless: readonly string[] = []): string {
  const text = value.trim();
  if (text === '') return "''";
  const isHarmless = shortNumber.test(text) || harmless.some((word) => word.toLowerCase() === text.toLowerCase());
  if (isHarmless) return `'${text}'`;
  const letters = Array.from(text);
  const start = letters.slice(0, Math.min(3, Math.floor(letters.length / 4))).join('');
  return `'${start}...' (${letters.length} characters)`;
}

const settingName = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/;

/**
 * Whether text can be shown as the name of a setting: it is made like one, with dots between its words. Single words, which a line
 * of a key or a password may be, are not.
 */
export function isShapedLikeSetting(name: string): boolean {
  return (
    name.length <= 80 && name.includes('.') && settingName.test(name) && name.split(/[-_.]/).every(({ length }) => length <= 20)
  );
}
