/** What was thrown, or aborted with, as an Error; errors stay what they are. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
