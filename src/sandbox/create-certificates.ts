import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A certificate and its private key (PKCS #8), both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  /** Signs the others; what a client has to trust. */
  readonly authority: Identity;
  /** For `localhost`, `127.0.0.1` and `::1`. */
  readonly server: Identity;
  /** `CN=client`, for mutual TLS. */
  readonly client: Identity;
}

const days = 24 * 60 * 60 * 1000;

/** New certificates for one sandbox, valid for ten years from a day before `now` (milliseconds since the epoch). */
export function createCertificates(now: number): Certificates {
  const authority = createIdentity('kafkit sandbox', now, undefined, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const altNames = [
    { type: 2, value: 'localhost' },
    { type: 7, ip: '127.0.0.1' },
    { type: 7, ip: '::1' },
  ];
  const server = createIdentity('localhost', now, authority, [{ name: 'subjectAltName', altNames }]);
  const client = createIdentity('client', now, authority, [{ name: 'extKeyUsage', clientAuth: true }]);
  return { authority, server, client };
}

function createIdentity(name: string, now: number, issuer: Identity | undefined, extensions: object[]): Identity {
  // node makes a key in a tenth of the time.
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const subject = [{ name: 'commonName', value: name }];
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - days);
  certificate.validity.notAfter = new Date(now + 3650 * days);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer === undefined ? subject : forge.pki.certificateFromPem(issuer.certificate).subject.attributes);
  certificate.setExtensions(extensions);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.key ?? privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key: privateKey };
}
