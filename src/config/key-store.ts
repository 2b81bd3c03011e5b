/** Formats a keystore or truststore file can have. */
export type StoreFormat = 'PEM' | 'PKCS12' | 'JKS' | 'JCEKS';

/** Tells a store's format by its first bytes; undefined where it is none of them. */
export function storeFormat(bytes: Uint8Array): StoreFormat | undefined {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (head === 'feedfeed') return 'JKS';
  if (head === 'cececece') return 'JCEKS';
  // An ASN.1 sequence, which is what PKCS12 is.
  if (bytes[0] === 0x30) return 'PKCS12';
  return Buffer.from(bytes).includes('-----BEGIN ') ? 'PEM' : undefined;
}

/** The certificates and the private key of a PEM text, each as a PEM block of its own. */
export function splitPem(text: string): { readonly certificates: readonly string[]; readonly key: string | undefined } {
  const certificates: string[] = [];
  let key: string | undefined;
  for (const [block, label = ''] of text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g)) {
    if (label.endsWith('PRIVATE KEY')) key ??= block;
    else if (label.endsWith('CERTIFICATE')) certificates.push(rewrap(block));
  }
  return { certificates, key: key === undefined ? undefined : rewrap(key) };
}

/** Kafka allows PEM on one line, as one gets it from a .properties file without \n; node wants lines. */
function rewrap(block: string): string {
  const match = /^(-----BEGIN [A-Z0-9 ]+-----)([\s\S]*)(-----END [A-Z0-9 ]+-----)$/.exec(block);
  const [, begin, body, end] = match ?? [];
  // Header lines (old encrypted keys) must stay as they are.
  if (begin === undefined || body === undefined || end === undefined || body.includes(':')) return block;
  const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return [begin, ...lines, end].join('\n');
}
