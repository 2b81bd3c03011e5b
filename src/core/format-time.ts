const largestDate = 8_640_000_000_000_000n;

/** Milliseconds since the epoch in ISO 8601, UTC; the bare number where it is beyond what dates can say, since a producer may write any. */
export function formatTime(milliseconds: number | bigint): string {
  const whole = BigInt(milliseconds);
  const isDate = whole <= largestDate && whole >= -largestDate;
  return isDate ? new Date(Number(whole)).toISOString() : String(whole);
}
