const largestDate = 8_640_000_000_000_000n;

/** A record's time for a table, ISO 8601; the bare number where it is no date, since a producer may write any. */
export function formatTimestamp(milliseconds: bigint | undefined): string | undefined {
  if (milliseconds === undefined) return undefined;
  const isDate = milliseconds <= largestDate && milliseconds >= -largestDate;
  return isDate ? new Date(Number(milliseconds)).toISOString() : String(milliseconds);
}
