import type Connection from 'kafkajs/src/network/connection.js';
import { AuthenticationRefused, MechanismRefused } from '../authentication-refused.js';

const handshakeKey = 17;
// kafkajs puts this before what the broker said.
const prefix = /^SASL [A-Z0-9 -]+ authentication failed: /;

/** Notes which mechanisms the broker of this connection offers: kafkajs reads the list and throws it away with the refusal. */
export function noteMechanisms(connection: Connection): () => readonly string[] | undefined {
  let offered: readonly string[] | undefined;
  const send = connection.send.bind(connection);
  connection.send = (exchange) => {
    if (exchange.request.apiKey !== handshakeKey) return send(exchange);
    const { response } = exchange;
    const parse = (data: unknown): unknown => {
      offered = (data as { enabledMechanisms: readonly string[] }).enabledMechanisms; // what its decoder for this key gives
      return response.parse(data);
    };
    return send({ ...exchange, response: { ...response, parse } });
  };
  return () => offered;
}

/** Why the broker refused us, in its own words. */
export function saslRefusal(error: unknown, mechanism: string, offered: readonly string[] | undefined): AuthenticationRefused {
  if (offered?.includes(mechanism) === false) return new MechanismRefused(mechanism, offered);
  const text = error instanceof Error ? error.message : String(error);
  return new AuthenticationRefused(text.replace(prefix, ''), { cause: error });
}
