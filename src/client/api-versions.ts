import { errorCode } from '../protocol/errors.js';
import { decodeResponse, encodeRequest } from '../protocol/frame.js';
import type { AnyMessage } from '../protocol/message.js';
import { ProtocolError } from '../protocol/protocol-error.js';
import { ApiVersions } from '../protocol/messages/api-versions.js';
import { brokerError } from './broker-error.js';
import type { BrokerVersions } from './broker-versions.js';
import type { Exchange } from './transport.js';
import type { Transport } from './transport.js';
import { UnreadableAnswer } from './unreadable-answer.js';
import { UnsupportedRequest } from './unsupported-request.js';

// Brokers show these in their connection metrics (KIP-511); they accept letters, digits, dots and dashes.
const software = { clientSoftwareName: 'kafkit', clientSoftwareVersion: '0' };

/**
 * Asks a fresh connection's broker what it speaks. A broker older than our newest ApiVersions says so in version 0, with or
 * without the range it would have understood (KIP-511).
 */
export async function negotiateVersions(
  transport: Transport,
  limits: Pick<Exchange, 'timeoutMs' | 'signal'> & { clientId: string },
): Promise<BrokerVersions> {
  const newest = await ask(transport, ApiVersions.maxVersion, limits);
  const answer = newest.errorCode === errorCode.UNSUPPORTED_VERSION ? await ask(transport, older(newest), limits) : newest;
  if (answer.errorCode !== 0) throw brokerError(answer.errorCode, null, `${transport.address} refused ApiVersions`);
  return new Map(answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { min: minVersion, max: maxVersion }]));
}

type Answer = ReturnType<typeof decodeAnswer>;

async function ask(
  transport: Transport,
  version: number,
  { timeoutMs, signal, clientId }: Pick<Exchange, 'timeoutMs' | 'signal'> & { clientId: string },
): Promise<Answer> {
  const frame = await transport.send({
    name: ApiVersions.name,
    encode: (correlationId) => [encodeRequest(ApiVersions, version, correlationId, clientId, software)],
    timeoutMs,
    signal,
  });
  try {
    return decodeAnswer(version, frame);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { address } = transport;
    throw new UnreadableAnswer(`${address}: ${error.message}`, { source: address, cause: error });
  }
}

function decodeAnswer(version: number, frame: Buffer): { errorCode: number; apiKeys: readonly ApiKey[] } {
  // The error code follows the correlation id in every version.
  const refused = frame.length >= 6 && frame.readInt16BE(4) === errorCode.UNSUPPORTED_VERSION;
  return decodeResponse(ApiVersions, refused ? 0 : version, frame).body;
}

interface ApiKey {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

function older({ apiKeys }: Answer): number {
  const own = apiKeys.find(({ apiKey }) => apiKey === ApiVersions.apiKey);
  return Math.min(own?.maxVersion ?? 0, ApiVersions.maxVersion - 1);
}

/**
 * The newest version of a message that we and the broker speak.
 *
 * @throws UnsupportedRequest
 */
export function commonVersion(message: AnyMessage, versions: BrokerVersions, address: string): number {
  const offered = versions.get(message.apiKey);
  if (offered !== undefined) {
    const version = Math.min(message.maxVersion, offered.max);
    if (version >= message.minVersion && version >= offered.min) return version;
  }
  throw new UnsupportedRequest(message, versions, address);
}
