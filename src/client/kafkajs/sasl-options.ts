import type { SaslSettings } from '../../core/connection-settings.js';

/** One SASL step as kafkajs's authenticator runs it: `encode` gives, `decode` takes, bytes behind their int32 length. */
type Exchange = (step: {
  request: { encode(): Promise<Buffer> };
  response: { decode(bytes: Buffer): Promise<Buffer>; parse(bytes: Buffer): Promise<Buffer> };
}) => Promise<Buffer>;

/** The broker refused our bearer token; carries what the broker said, never the token. */
export class TokenRefused extends Error {}

/** SASL settings in the form kafkajs's `Connection` takes. */
export function saslOptions(settings: SaslSettings): object {
  if (settings.mechanism !== 'OAUTHBEARER') return { ...settings, mechanism: settings.mechanism.toLowerCase() };
  const { token, extensions } = settings;
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ saslAuthenticate }: { saslAuthenticate: Exchange }) => ({
      authenticate: () => presentToken(saslAuthenticate, token, extensions),
    }),
  };
}

// kafkajs's own provider does not look at the broker's answer. A refused token is answered with a JSON error inside a
// successful SaslAuthenticate (RFC 7628), which the client must acknowledge with one byte; the broker then fails the exchange.
async function presentToken(exchange: Exchange, token: string, extensions: Readonly<Record<string, string>>): Promise<void> {
  const pairs = Object.entries(extensions).map(([key, value]) => `\u0001${key}=${value}`);
  const answer = await exchange(step(`n,,\u0001auth=Bearer ${token}${pairs.join('')}\u0001\u0001`));
  if (answer.length === 0) return;
  await exchange(step('\u0001')).catch(() => undefined); // the refusal itself is in `answer`
  throw new TokenRefused(answer.toString('utf8'));
}

function step(text: string): Parameters<Exchange>[0] {
  return {
    request: {
      encode() {
        const bytes = Buffer.from(text, 'utf8');
        const length = Buffer.alloc(4);
        length.writeInt32BE(bytes.length);
        return Promise.resolve(Buffer.concat([length, bytes]));
      },
    },
    response: {
      decode: (bytes) => Promise.resolve(bytes.subarray(4)),
      parse: (bytes) => Promise.resolve(bytes),
    },
  };
}
