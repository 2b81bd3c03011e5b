import type { Codec } from './codec.js';

export interface CodecOptions {
  /** Compression level of gzip (1 to 9) and zstd (1 to 22); Kafka's own default when absent. The other codecs have none. */
  level?: number;
}

/** Loads the codec of a compression type; a run that compresses nothing pays for none of them. */
export async function loadCodec(type: Codec['type'], { level }: CodecOptions = {}): Promise<Codec> {
  switch (type) {
    case 'gzip':
      return (await import('./gzip.js')).createGzip(level);
    case 'snappy':
      return (await import('./snappy.js')).createSnappy();
    case 'lz4':
      return (await import('./lz4.js')).createLz4();
    case 'zstd':
      return (await import('./zstd.js')).createZstd(level);
  }
}
