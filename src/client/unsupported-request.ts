import { CliError } from '../core/errors.js';
import { Metadata } from '../protocol/messages/metadata.js';
import type { AnyMessage } from '../protocol/message.js';
import type { BrokerVersions, VersionRange } from './broker-versions.js';

/** A request that the broker does not know, or not in a version that we speak; with both ranges, for those who word it otherwise. */
export class UnsupportedRequest extends CliError {
  /** The name of the request in the protocol, for example `FindCoordinator`. */
  readonly request: string;
  readonly ours: VersionRange;
  /** Undefined where the broker does not know the request at all. */
  readonly theirs: VersionRange | undefined;
  /** Whether the broker knows the request that every client of Kafka sends first; a controller does not. */
  readonly knowsMetadata: boolean;

  constructor(message: AnyMessage, versions: BrokerVersions, address: string) {
    const theirs = versions.get(message.apiKey);
    const ours = { min: message.minVersion, max: message.maxVersion };
    const reason = theirs === undefined ? 'it does not know this request' : `it speaks versions ${theirs.min} to ${theirs.max}`;
    const hint = `kafkit speaks versions ${ours.min} to ${ours.max}; a newer or older kafkit may know more`;
    super('unsupported', `the broker ${address} does not support ${message.name}: ${reason}`, theirs === undefined ? {} : { hint });
    this.request = message.name;
    this.ours = ours;
    this.theirs = theirs;
    this.knowsMetadata = versions.has(Metadata.apiKey);
  }
}
