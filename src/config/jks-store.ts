import { createHash, createPrivateKey } from 'node:crypto';
import forge from 'node-forge';

/** What a JKS file holds, certificates as PEM. */
export interface JksStore {
  readonly trusted: readonly string[];
  readonly keys: readonly JksKey[];
}

export interface JksKey {
  /** From the key's own certificate up to its authority. */
  readonly chain: readonly string[];
  /** The private key as PEM. @throws Error for a wrong password */
  readonly open: (password: string) => string;
}

const keyTag = 1;
const digestBytes = 20;
/** Java mixes this into the checksum of the whole file. */
const whitener = 'Mighty Aphrodite';

/**
 * Reads the JKS format of Java (`sun.security.provider.JavaKeyStore`).
 *
 * @param password - undefined: the file is taken without a check, as Java does
 * @throws Error for a wrong password, and for bytes that are cut off or no JKS
 */
export function readJksStore(bytes: Uint8Array, password: string | undefined): JksStore {
  const content = Buffer.from(bytes).subarray(0, -digestBytes);
  const isAsSealed = (secret: string): boolean =>
    sha1(utf16(secret), Buffer.from(whitener), content).equals(bytes.subarray(-digestBytes));
  if (password !== undefined && !isAsSealed(password)) throw new Error('the password is wrong, or the file is damaged');
  const reader = new JksReader(content);
  reader.skip(4);
  const version = reader.number();
  const trusted: string[] = [];
  const keys: JksKey[] = [];
  for (let left = reader.number(); left > 0; left--) {
    const isKey = reader.number() === keyTag;
    reader.skip(reader.short());
    reader.skip(8);
    if (!isKey) {
      trusted.push(reader.certificate(version));
      continue;
    }
    const sealed = reader.block();
    const chain = Array.from({ length: reader.number() }, () => reader.certificate(version));
    keys.push({ chain, open: (secret) => openKey(sealed, secret) });
  }
  return { trusted, keys };
}

class JksReader {
  private readonly bytes: Buffer;
  private position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  short(): number {
    return this.take(2).readUInt16BE();
  }

  skip(count: number): void {
    this.take(count);
  }

  block(): Buffer {
    return this.take(this.number());
  }

  certificate(version: number): string {
    // Since version 2 its type comes first: X.509.
    if (version > 1) this.skip(this.short());
    return forge.pem.encode({ type: 'CERTIFICATE', body: this.block().toString('binary') });
  }

  private take(count: number): Buffer {
    if (this.position + count > this.bytes.length) throw new Error('the file is cut off');
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }
}

/** Undoes `sun.security.provider.KeyProtector`: a key stream of chained digests, with a digest of the plain key behind it. */
function openKey(sealed: Buffer, password: string): string {
  const protectedKey = encryptedData(sealed);
  const secret = utf16(password);
  const plain = Buffer.from(protectedKey.subarray(digestBytes, -digestBytes));
  let stream = protectedKey.subarray(0, digestBytes);
  for (let start = 0; start < plain.length; start += digestBytes) {
    stream = sha1(secret, stream);
    const end = Math.min(start + digestBytes, plain.length);
    for (let at = start; at < end; at++) plain[at] = (plain[at] ?? 0) ^ (stream[at - start] ?? 0);
  }
  if (!sha1(secret, plain).equals(protectedKey.subarray(-digestBytes))) throw new Error('the password of the key is wrong');
  return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The last member of an EncryptedPrivateKeyInfo (RFC 5208). */
function encryptedData(sealed: Buffer): Buffer {
  const { value } = forge.asn1.fromDer(sealed.toString('binary'));
  const data = Array.isArray(value) ? value[1]?.value : undefined;
  if (typeof data !== 'string' || data.length < 2 * digestBytes) throw new Error('the key is damaged');
  return Buffer.from(data, 'binary');
}

function sha1(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** As Java keeps a password. */
function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}
