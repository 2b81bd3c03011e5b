import { expect, test } from 'vitest';
import { formatTrace } from '../../../../src/apache/java/java-error.js';
import { sslFailure } from '../../../../src/apache/java/ssl-failure.js';
import { lostConnection, openFailure, TlsFailure } from '../../../../src/client/connection-error.js';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });
const facts = { address: 'localhost:9093', secure: true, authenticated: false, answers: 0 };
const head = 'org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed\n';
const inJava = 'Caused by: javax.net.ssl.SSLHandshakeException: ';

test.each<[string, string]>([
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    `${inJava}PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target\n`,
  ],
  [
    'CERT_HAS_EXPIRED',
    `${inJava}PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed\n`,
  ],
  ['ERR_TLS_CERT_ALTNAME_INVALID', `${inJava}No subject alternative DNS name matching localhost found.\n`],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'Caused by: javax.net.ssl.SSLHandshakeException: '],
])('a handshake that ends with %s is told as Java tells it', (code, reason) => {
  const error = openFailure(facts, coded(code));
  expect(error).toBeInstanceOf(TlsFailure);
  expect(formatTrace(sslFailure(error as TlsFailure)).startsWith(head + reason)).toBe(true);
});

test('a certificate that is missed after the handshake is told apart', () => {
  const error = lostConnection(facts, coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'));
  expect(formatTrace(sslFailure(error as TlsFailure))).toBe(
    'org.apache.kafka.common.errors.SslAuthenticationException: Failed to process post-handshake messages\n' +
      'Caused by: javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_required\n',
  );
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'ENOTFOUND'])('%s is no failure of TLS: asking again may help', (code) => {
  expect(openFailure(facts, coded(code))).not.toBeInstanceOf(TlsFailure);
});

test('a record that cannot be decrypted later on is a broken connection, which is opened anew', () => {
  const error = lostConnection({ ...facts, answers: 3 }, coded('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'));
  expect(error).not.toBeInstanceOf(TlsFailure);
});
