/** Why Kafka's `Topic.validate` refuses a name, as its text; undefined for a good one. */
export function invalidTopicName(name: string): string | undefined {
  const reason = reasonAgainst(name);
  return reason === undefined ? undefined : `Topic name is invalid: ${reason}`;
}

function reasonAgainst(name: string): string | undefined {
  if (name === '') return 'the empty string is not allowed';
  if (name === '.' || name === '..') return `'${name}' is not allowed`;
  if (name.length > 249) return `the length of '${name}' is longer than the max allowed length 249`;
  if (/^[a-zA-Z0-9._-]+$/.test(name)) return undefined;
  return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
}
