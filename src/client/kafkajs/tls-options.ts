import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { TlsSettings } from '../../core/connection-settings.js';

/** What node's TLS needs to reach the broker named `host`, whichever of its addresses is dialled. */
export function tlsOptions(settings: TlsSettings, host: string): ConnectionOptions {
  const { ca, cert, key, passphrase, minVersion, maxVersion, ciphers } = settings;
  return {
    // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED in some shell profile cannot switch certificate checks off.
    rejectUnauthorized: true,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(settings.checkHostName ? {} : { checkServerIdentity: () => undefined }),
  };
}
