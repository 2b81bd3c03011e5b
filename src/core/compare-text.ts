/** Orders text as Java does, by UTF-16 code unit: the same everywhere, whatever the locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
