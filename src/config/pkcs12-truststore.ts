import forge from 'node-forge';

/**
 * The certificates of a PKCS12 truststore as PEM. Node opens such a file only when it holds a private key, which a truststore
 * does not.
 *
 * @throws Error for a wrong password and for bytes that are not PKCS12
 */
export function readPkcs12Truststore(bytes: Uint8Array, password: string): readonly string[] {
  const asn1 = forge.asn1.fromDer(Buffer.from(bytes).toString('binary'));
  const store = forge.pkcs12.pkcs12FromAsn1(asn1, password);
  return store.safeContents.flatMap(({ safeBags }) =>
    safeBags.flatMap(({ cert, asn1: raw, type }) => {
      if (cert != null) return [forge.pki.certificateToPem(cert)];
      // Keys that forge does not compute with (elliptic curves) leave the certificate unparsed.
      if (type !== forge.pki.oids['certBag']) return [];
      const der = forge.asn1.toDer(raw).getBytes();
      return [forge.pem.encode({ type: 'CERTIFICATE', body: der })];
    }),
  );
}
