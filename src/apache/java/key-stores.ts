import { readFileSync, statSync } from 'node:fs';
import { fileError } from './file-error.js';
import { JavaError } from './java-error.js';

const kafkaException = 'org.apache.kafka.common.KafkaException';

/**
 * Opens the key stores that a client of these settings needs, as building Kafka's own client does: a wrong password or a missing
 * file is told there, before any broker is asked.
 *
 * @throws JavaError that is the cause of the client's own
 */
export async function checkKeyStores(values: ReadonlyMap<string, string>): Promise<void> {
  if (!/^(?:SASL_)?SSL$/i.test(values.get('security.protocol')?.trim() ?? '')) return;
  for (const store of ['ssl.keystore', 'ssl.truststore'] as const) {
    const path = values.get(`${store}.location`);
    if (path === undefined) continue;
    const type = values.get(`${store}.type`) ?? 'JKS';
    const problem = await openStore(store, path, values.get(`${store}.password`));
    if (problem === undefined) continue;
    const cause = new JavaError(kafkaException, `Failed to load SSL keystore ${path} of type ${type}`, problem);
    throw new JavaError(kafkaException, 'Failed to create new NetworkClient', cause);
  }
}

async function openStore(
  store: 'ssl.keystore' | 'ssl.truststore',
  path: string,
  password: string | undefined,
): Promise<JavaError | undefined> {
  let bytes: Buffer;
  try {
    // A pipe can be read only once, and that is where it is used.
    if (!statSync(path).isFile()) return undefined;
    bytes = readFileSync(path);
  } catch (error) {
    const problem = fileError(error, path);
    return problem instanceof JavaError ? problem : undefined;
  }
  if (password === undefined) return undefined;
  const { storeFormat } = await import('../../config/key-store.js');
  switch (storeFormat(bytes)) {
    case 'PKCS12':
      return (await opens(store, bytes, password)) ? undefined : wrongPassword();
    case 'JKS':
      return (await opensJks(bytes, password)) ? undefined : wrongJksPassword();
    default:
      return undefined;
  }
}

async function opensJks(bytes: Buffer, password: string): Promise<boolean> {
  const { readJksStore } = await import('../../config/jks-store.js');
  try {
    readJksStore(bytes, password);
    return true;
  } catch {
    return false;
  }
}

function wrongJksPassword(): JavaError {
  const cause = new JavaError('java.security.UnrecoverableKeyException', 'Password verification failed');
  return new JavaError('java.io.IOException', 'Keystore was tampered with, or password was incorrect', cause);
}

async function opens(store: 'ssl.keystore' | 'ssl.truststore', bytes: Buffer, password: string): Promise<boolean> {
  try {
    if (store === 'ssl.keystore') {
      const { createSecureContext } = await import('node:tls');
      createSecureContext({ pfx: bytes, passphrase: password });
    } else {
      const { readPkcs12Truststore } = await import('../../config/pkcs12-truststore.js');
      readPkcs12Truststore(bytes, password);
    }
    return true;
  } catch (error) {
    // Both OpenSSL and forge check the MAC first; other trouble with the file is told where it is used.
    return !(error instanceof Error && /\bmac\b/i.test(error.message));
  }
}

function wrongPassword(): JavaError {
  const padding =
    'javax.crypto.BadPaddingException: Given final block not properly padded. Such issues can arise if a bad key is used during decryption.';
  const cause = new JavaError('java.security.UnrecoverableKeyException', `failed to decrypt safe contents entry: ${padding}`);
  return new JavaError('java.io.IOException', 'keystore password was incorrect', cause);
}
