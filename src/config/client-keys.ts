// Kafka's own client keys, as its 4.3 clients document them, by what kafkit makes of them.

/** Keys that shape the connection, and are honoured. */
export const honouredKeys = [
  'bootstrap.servers',
  'client.id',
  'security.protocol',
  'sasl.mechanism',
  'sasl.jaas.config',
  'sasl.oauthbearer.token.endpoint.url',
  'ssl.truststore.location',
  'ssl.truststore.type',
  'ssl.truststore.password',
  'ssl.truststore.certificates',
  'ssl.keystore.location',
  'ssl.keystore.type',
  'ssl.keystore.password',
  'ssl.keystore.key',
  'ssl.keystore.certificate.chain',
  'ssl.key.password',
  'ssl.endpoint.identification.algorithm',
  'ssl.enabled.protocols',
  'request.timeout.ms',
  'default.api.timeout.ms',
  'socket.connection.setup.timeout.ms',
  'connections.max.idle.ms',
  'retry.backoff.ms',
  'retry.backoff.max.ms',
  'metadata.max.age.ms',
  // kafkit's own: Kafka's consumer unpacks batches piece by piece.
  'max.unpacked.bytes',
] as const;

/** A key that shapes the connection. */
export type HonouredKey = (typeof honouredKeys)[number];

/** Keys whose values must never be shown. */
export const secretKeys: ReadonlySet<string> = new Set([
  'sasl.jaas.config',
  'ssl.truststore.password',
  'ssl.keystore.password',
  'ssl.keystore.key',
  'ssl.key.password',
  'sasl.oauthbearer.client.credentials.client.secret',
  'sasl.oauthbearer.assertion.private.key.passphrase',
]);

/** Keys that decide about trust or identity in a way that only Java can follow; ignoring them would be unsafe. */
export const refusedKeys: ReadonlyMap<string, string> = new Map([
  ['bootstrap.controllers', 'kafkit talks to brokers; use bootstrap.servers'],
  ['config.providers', 'kafkit cannot run Java classes; write the values themselves'],
  ['sasl.client.callback.handler.class', 'kafkit cannot run Java classes'],
  ['sasl.login.callback.handler.class', 'kafkit cannot run Java classes'],
  ['sasl.login.class', 'kafkit cannot run Java classes'],
  ['sasl.oauthbearer.jwt.retriever.class', 'kafkit cannot run Java classes'],
  ['security.providers', 'kafkit cannot run Java classes'],
  ['ssl.engine.factory.class', 'kafkit cannot run Java classes'],
  ['ssl.provider', 'kafkit cannot use Java security providers'],
  ['ssl.cipher.suites', 'kafkit cannot restrict ciphers by their Java names; leave it out'],
]);

/** Java classes among the refused keys that say nothing new: what they do is what kafkit does. */
export const harmlessClasses: ReadonlySet<string> = new Set([
  'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
  'org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler',
  'org.apache.kafka.common.security.oauthbearer.FileJwtRetriever',
  'org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever',
]);

/** Keys that change how connections behave, and that kafkit does not follow; not following them is safe. */
export const ignoredWithWarning: ReadonlySet<string> = new Set([
  'metadata.recovery.strategy',
  'metadata.recovery.rebootstrap.trigger.ms',
  'receive.buffer.bytes',
  'reconnect.backoff.max.ms',
  'reconnect.backoff.ms',
  'retries',
  'send.buffer.bytes',
  'socket.connection.setup.timeout.max.ms',
]);

/** Keys of Java's clients that mean nothing to a command-line tool. */
export const ignoredSilently: ReadonlySet<string> = new Set([
  'auto.include.jmx.reporter',
  'client.dns.lookup',
  'enable.metrics.push',
  'metric.reporters',
  'metrics.num.samples',
  'metrics.recording.level',
  'metrics.sample.window.ms',
  'sasl.kerberos.kinit.cmd',
  'sasl.kerberos.min.time.before.relogin',
  'sasl.kerberos.service.name',
  'sasl.kerberos.ticket.renew.jitter',
  'sasl.kerberos.ticket.renew.window.factor',
  'ssl.keymanager.algorithm',
  'ssl.protocol',
  'ssl.secure.random.implementation',
  'ssl.trustmanager.algorithm',
]);

/** Beginnings of families of such keys. */
export const ignoredPrefixes = ['sasl.login.', 'sasl.oauthbearer.'] as const;

/** Keys of producers and consumers: for the commands that produce and consume, nothing to the others. */
export const producerAndConsumerKeys: ReadonlySet<string> = new Set([
  'acks',
  'allow.auto.create.topics',
  'auto.commit.interval.ms',
  'auto.offset.reset',
  'batch.size',
  'buffer.memory',
  'check.crcs',
  'client.rack',
  'compression.gzip.level',
  'compression.lz4.level',
  'compression.type',
  'compression.zstd.level',
  'delivery.timeout.ms',
  'enable.auto.commit',
  'enable.idempotence',
  'exclude.internal.topics',
  'fetch.max.bytes',
  'fetch.max.wait.ms',
  'fetch.min.bytes',
  'group.id',
  'group.instance.id',
  'group.protocol',
  'group.remote.assignor',
  'heartbeat.interval.ms',
  'interceptor.classes',
  'isolation.level',
  'key.deserializer',
  'key.serializer',
  'linger.ms',
  'max.block.ms',
  'max.in.flight.requests.per.connection',
  'max.partition.fetch.bytes',
  'max.poll.interval.ms',
  'max.poll.records',
  'max.request.size',
  'metadata.max.idle.ms',
  'partition.assignment.strategy',
  'partitioner.adaptive.partitioning.enable',
  'partitioner.availability.timeout.ms',
  'partitioner.class',
  'partitioner.ignore.keys',
  'session.timeout.ms',
  'share.acknowledgement.mode',
  'share.acquire.mode',
  'transaction.timeout.ms',
  'transaction.two.phase.commit.enable',
  'transactional.id',
  'value.deserializer',
  'value.serializer',
]);

/** Every key that kafkit knows of. */
export function knownKeys(): string[] {
  return [
    ...honouredKeys,
    ...refusedKeys.keys(),
    ...ignoredWithWarning,
    ...ignoredSilently,
    ...producerAndConsumerKeys,
    ...secretKeys,
  ];
}
