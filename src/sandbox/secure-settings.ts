import type { BrokerPlace, SecurePorts } from './broker-settings.js';
import { secureUsers, type SecureFolder } from './secure-folder.js';

const security = 'org.apache.kafka.common.security';

/**
 * The settings that make a broker a secure one. Clients come in by SASL_SSL; SASL without TLS and mutual TLS without SASL have
 * ports of their own. Brokers, and the sandbox itself, talk over a plain listener, whose anonymous users may do everything:
 * it is for this machine only, as the whole sandbox is.
 */
export function secureSettings(broker: BrokerPlace, ports: SecurePorts, folder: SecureFolder): Record<string, string> {
  const protocols = { INTERNAL: 'PLAINTEXT', CONTROLLER: 'PLAINTEXT', CLIENT: 'SASL_SSL', SASL: 'SASL_PLAINTEXT', MUTUAL: 'SSL' };
  const listeners = {
    CLIENT: broker.port,
    SASL: ports.saslPlaintext,
    MUTUAL: ports.mutualTls,
    INTERNAL: ports.internal,
    CONTROLLER: broker.controllerPort,
  };
  return {
    listeners: Object.entries(listeners)
      .map(([name, port]) => `${name}://127.0.0.1:${port}`)
      .join(','),
    'listener.security.protocol.map': Object.entries(protocols)
      .map(([name, protocol]) => `${name}:${protocol}`)
      .join(','),
    'inter.broker.listener.name': 'INTERNAL',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': 'User:ANONYMOUS;User:admin;User:CN=client',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    ...jaas('client', folder),
    ...jaas('sasl', folder),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': folder.server,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': folder.authority,
    'listener.name.mutual.ssl.client.auth': 'required',
  };
}

function jaas(listener: string, { passwords }: SecureFolder): Record<string, string> {
  const users = secureUsers.map((user) => `user_${user}="${passwords[user]}"`).join(' ');
  const scram = `${security}.scram.ScramLoginModule required;`;
  const prefix = `listener.name.${listener}`;
  return {
    [`${prefix}.plain.sasl.jaas.config`]: `${security}.plain.PlainLoginModule required ${users};`,
    [`${prefix}.scram-sha-256.sasl.jaas.config`]: scram,
    [`${prefix}.scram-sha-512.sasl.jaas.config`]: scram,
  };
}
