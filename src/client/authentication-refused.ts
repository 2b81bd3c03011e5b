/** The broker answered, and refused who we are or how we say so; the message is what the broker said. */
export class AuthenticationRefused extends Error {}

/** The broker does not take the SASL mechanism that we were set to. */
export class MechanismRefused extends AuthenticationRefused {
  constructor(mechanism: string, enabled: readonly string[]) {
    super(`Client SASL mechanism '${mechanism}' not enabled in the server, enabled mechanisms are [${enabled.join(', ')}]`);
  }
}
