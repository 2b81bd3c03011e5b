import { isIP } from 'node:net';
import { nodeErrorCode, TlsFailure } from '../../client/connection-error.js';
import { JavaError } from './java-error.js';

const handshake = 'javax.net.ssl.SSLHandshakeException';

/** What Kafka's client throws for a TLS handshake that failed, with what Java's TLS says of the reason. */
export function sslFailure(error: TlsFailure): JavaError {
  const text = error.inHandshake ? 'SSL handshake failed' : 'Failed to process post-handshake messages';
  return new JavaError('org.apache.kafka.common.errors.SslAuthenticationException', text, reasonOf(error));
}

function reasonOf({ cause, address }: TlsFailure): JavaError | undefined {
  const code = nodeErrorCode(cause) ?? '';
  if (untrusted.has(code)) return untrustedError();
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return invalidError('validity check failed');
  if (code === 'CERT_SIGNATURE_FAILURE') return invalidError('signature check failed');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongNameError(address);
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new JavaError('javax.net.ssl.SSLException', 'Unsupported or unrecognized SSL message');
  }
  const alert = /ALERT_([A-Z_]+)$/.exec(code)?.[1];
  if (alert === undefined) return undefined;
  return new JavaError(handshake, `Received fatal alert: ${alert.toLowerCase()}`);
}

const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

function untrustedError(): JavaError {
  const builder = 'sun.security.provider.certpath.SunCertPathBuilderException';
  const text = 'unable to find valid certification path to requested target';
  const path = `PKIX path building failed: ${builder}: ${text}`;
  const validator = new JavaError('sun.security.validator.ValidatorException', path, new JavaError(builder, text));
  return new JavaError(handshake, path, validator);
}

function invalidError(what: string): JavaError {
  const check = 'java.security.cert.CertPathValidatorException';
  const path = `PKIX path validation failed: ${check}: ${what}`;
  const reason = new JavaError(check, what);
  return new JavaError(handshake, path, new JavaError('sun.security.validator.ValidatorException', path, reason));
}

function wrongNameError(address: string): JavaError {
  const host = address.slice(0, address.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
  const text =
    isIP(host) === 0
      ? `No subject alternative DNS name matching ${host} found.`
      : `No subject alternative names matching IP address ${host} found`;
  return new JavaError(handshake, text, new JavaError('java.security.cert.CertificateException', text));
}
