/** `Pattern.split` of Java: empty pieces at the end are left out, and so is one that a match of nothing leaves at the start. */
export function javaSplit(text: string, pattern: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))) {
    const end = match.index + match[0].length;
    if (end === 0) continue;
    pieces.push(text.slice(from, match.index));
    from = end;
  }
  if (pieces.length === 0) return [text];
  pieces.push(text.slice(from));
  const last = pieces.findLastIndex((piece) => piece !== '');
  return pieces.slice(0, last + 1);
}
