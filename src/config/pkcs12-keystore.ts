import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

/** Key and certificate chain of this client, both PEM; the key is open. */
export interface OpenKeystore {
  readonly key: string;
  /** The client's certificate first, then who signed it, and so on. */
  readonly chain: readonly string[];
}

/**
 * Takes the key and its certificate chain out of a PKCS12 keystore. Node is given them apart: of a whole file it would trust every
 * authority in it, and only the truststore says who is trusted.
 *
 * @throws Error for a wrong password, for bytes that are not PKCS12 and for a store without a key and its certificate
 */
export function readPkcs12Keystore(bytes: Uint8Array, password: string): OpenKeystore {
  const store = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(Buffer.from(bytes).toString('binary')), password);
  const bags = store.safeContents.flatMap(({ safeBags }) => safeBags);
  const certificates = bags.filter(({ type }) => type === forge.pki.oids['certBag']).map((bag) => certificateOf(bag));
  const keys = bags.filter(({ type }) => keyBags.has(type)).map((bag) => keyOf(bag));
  for (const key of keys) {
    const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
    if (own === undefined) continue;
    const pem = key.export({ type: 'pkcs8', format: 'pem' });
    return { key: pem.toString(), chain: chainOf(own, certificates).map((certificate) => certificate.toString()) };
  }
  throw new Error('it holds no private key with its certificate');
}

const { oids } = forge.pki;
const keyBags = new Set([oids['keyBag'], oids['pkcs8ShroudedKeyBag']]);

function certificateOf({ cert, asn1 }: forge.pkcs12.Bag): X509Certificate {
  // Certificates of keys that forge does not compute with (elliptic curves) are left unparsed.
  const parsed = cert == null ? asn1 : forge.pki.certificateToAsn1(cert);
  return new X509Certificate(bytesOf(parsed));
}

function keyOf({ key, asn1 }: forge.pkcs12.Bag): KeyObject {
  if (key == null) return createPrivateKey({ key: bytesOf(asn1), format: 'der', type: 'pkcs8' });
  return createPrivateKey({ key: bytesOf(forge.pki.privateKeyToAsn1(key)), format: 'der', type: 'pkcs1' });
}

function bytesOf(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

function chainOf(own: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain = [own];
  for (let last = own; ;) {
    const issuer = all.find((certificate) => !chain.includes(certificate) && hasSigned(certificate, last));
    if (issuer === undefined) return chain;
    chain.push(issuer);
    last = issuer;
  }
}

/** `checkIssued` looks at names only, which authorities may share. */
function hasSigned(issuer: X509Certificate, signed: X509Certificate): boolean {
  return signed.checkIssued(issuer) && signed.verify(issuer.publicKey);
}
