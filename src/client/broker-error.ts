import { CliError, type CliErrorOptions, type ErrorCode } from '../core/errors.js';
import { kafkaError } from '../protocol/errors.js';
import type { TopicPartition } from '../protocol/message.js';

/** What a {@link BrokerError} keeps of the answer. */
interface BrokerAnswer {
  readonly code: number;
  readonly name: string;
  readonly said: string | undefined;
}

/** A look-up of the leader of a partition, or of the coordinator of a group, that found none. */
export interface Lookup {
  readonly key: TopicPartition | string;
  /** How often the cluster was asked. */
  readonly attempts: number;
}

interface Circumstances extends CliErrorOptions {
  readonly lookup?: Lookup | undefined;
  readonly topic?: string | undefined;
}

/** An error code a broker answered with; callers branch on `kafkaName`, never on the message. */
export class BrokerError extends CliError {
  /** Kafka's number. */
  readonly kafkaCode: number;
  /** Kafka's name, for example `TOPIC_ALREADY_EXISTS`. */
  readonly kafkaName: string;
  /** What the broker itself said, word for word; `undefined` where it sent the code alone. */
  readonly brokerMessage: string | undefined;
  /** Where the code is the answer to this look-up: the request itself was never sent. */
  readonly lookup: Lookup | undefined;

  /** The topic that it is about, where only one can be meant. */
  readonly topic: string | undefined;

  constructor(code: ErrorCode, message: string, kafka: BrokerAnswer, { lookup, topic, ...options }: Circumstances) {
    super(code, message, options);
    this.name = 'BrokerError';
    this.kafkaCode = kafka.code;
    this.kafkaName = kafka.name;
    this.brokerMessage = kafka.said;
    this.lookup = lookup;
    this.topic = topic;
  }

  /** The same error with a better next step than its code alone can tell. */
  withHint(hint: string): BrokerError {
    return this.under({ hint });
  }

  /** The same error; where a right is what lacks, its hint says which one, and on what. */
  needing(right: string, resource: string): BrokerError {
    return this.code === 'authorization' ? this.withHint(rightHint(right, resource)) : this;
  }

  /** The same error as the end of a look-up. */
  withLookup(lookup: Lookup): BrokerError {
    return this.under({ lookup });
  }

  /** The same error, about this topic. */
  withTopic(topic: string): BrokerError {
    return this.under({ topic });
  }

  private under(change: Circumstances): BrokerError {
    const { hint, place, sent, cause, lookup, topic } = this;
    return new BrokerError(this.code, this.message, this.answer, { hint, place, sent, cause, lookup, topic, ...change });
  }

  private get answer(): BrokerAnswer {
    return { code: this.kafkaCode, name: this.kafkaName, said: this.brokerMessage };
  }
}

/** What to do for want of a right: the right, and what it is wanted on, for example `Write` and `topic 'orders'`. */
export function rightHint(right: string, resource: string): string {
  return `the user needs the right ${right} on ${resource}; or connect as another one: --command-config FILE`;
}

/** For errors about a group or a transactional id, `key`: the same with the right in its hint that lacks. */
export function lookupRight(error: BrokerError, key: string): BrokerError {
  if (error.kafkaName === 'GROUP_AUTHORIZATION_FAILED') return error.needing('Read', `group '${key}'`);
  const isTransaction = error.kafkaName === 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED';
  return isTransaction ? error.needing('Write', `transactional id '${key}'`) : error;
}

const classes: Readonly<Record<string, ErrorCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'not-found',
  UNKNOWN_TOPIC_ID: 'not-found',
  GROUP_ID_NOT_FOUND: 'not-found',
  RESOURCE_NOT_FOUND: 'not-found',
  TRANSACTIONAL_ID_NOT_FOUND: 'not-found',
  LOG_DIR_NOT_FOUND: 'not-found',
  BROKER_ID_NOT_REGISTERED: 'not-found',
  DELEGATION_TOKEN_NOT_FOUND: 'not-found',
  TOPIC_AUTHORIZATION_FAILED: 'authorization',
  GROUP_AUTHORIZATION_FAILED: 'authorization',
  CLUSTER_AUTHORIZATION_FAILED: 'authorization',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'authorization',
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: 'authorization',
  SECURITY_DISABLED: 'unsupported',
  SASL_AUTHENTICATION_FAILED: 'authentication',
  ILLEGAL_SASL_STATE: 'authentication',
  UNSUPPORTED_SASL_MECHANISM: 'authentication',
  UNSUPPORTED_VERSION: 'unsupported',
  UNSUPPORTED_FOR_MESSAGE_FORMAT: 'unsupported',
  REQUEST_TIMED_OUT: 'timeout',
};

const hints: Readonly<Record<string, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'see which topics exist: kafkit topics list',
  GROUP_ID_NOT_FOUND: 'see which groups exist: kafkit groups list',
  NON_EMPTY_GROUP: 'stop the consumers of the group first; see them with: kafkit groups members GROUP',
  GROUP_SUBSCRIBED_TO_TOPIC: 'stop the consumers of the group first; see them with: kafkit groups members GROUP',
  TOPIC_ALREADY_EXISTS: 'look at it with: kafkit topics describe TOPIC',
  INVALID_REPLICATION_FACTOR: 'choose one that the brokers that are up can hold, or leave it out for their own default',
  LEADER_NOT_AVAILABLE: 'see which replicas are offline: kafkit topics describe TOPIC',
  TOPIC_DELETION_DISABLED: 'the brokers are set to delete.topic.enable=false',
  NOT_ENOUGH_REPLICAS: 'see the in-sync replicas: kafkit topics describe TOPIC',
  TOPIC_AUTHORIZATION_FAILED: 'connect as a user who may do this: --command-config FILE',
  GROUP_AUTHORIZATION_FAILED: 'connect as a user who may do this: --command-config FILE',
  CLUSTER_AUTHORIZATION_FAILED: 'connect as a user who may do this: --command-config FILE',
};

/**
 * The error for a code that a broker answered with: classed for the exit code, with the broker's own message where it sent
 * one, and a hint where a next step is known. `what` says what failed, for example `cannot create topic 'orders'`. Where the code
 * stands for an answer that no broker gave, `lost` says why (`lostAnswer`).
 */
export function brokerError(code: number, message: string | null | undefined, what: string, lost?: CliError): BrokerError {
  const kafka = kafkaError(code);
  const said = message === null || message === undefined || message === '' ? undefined : message;
  const text = said === undefined ? (lost?.message ?? kafka.message) : said.replace(/\.\s*$/, '');
  const answer = { code: kafka.code, name: kafka.name, said };
  return new BrokerError(classes[kafka.name] ?? 'broker', `${what}: ${text} (${kafka.name})`, answer, {
    hint: lost?.hint ?? hints[kafka.name],
    cause: lost,
    sent: lost?.sent,
  });
}
