const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a header key; `undefined` when the bytes are no UTF-8, and so no header key of Kafka's. */
export function decodeHeaderKey(source: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(source.subarray(start, end));
  } catch {
    // The only failure there is: malformed bytes.
    return undefined;
  }
}
