const longest = 249;
const legal = /^[A-Za-z0-9._-]+$/;
const illegalCharacter = /[^A-Za-z0-9._-]/u;

/** What is wrong with a topic's name by Kafka's rules, as text; `undefined` for a good one. */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return 'a topic name must not be empty';
  if (name === '.' || name === '..') return `'${name}' cannot be a topic name`;
  if (!legal.test(name)) {
    const [character = ''] = illegalCharacter.exec(name) ?? [];
    return `topic name '${name}' contains '${character}'; only letters, digits, '.', '_' and '-' are allowed`;
  }
  if (name.length > longest) return `topic name '${name}' has ${name.length} characters; ${longest} is the most`;
  return undefined;
}

/** Two topic names that Kafka's metrics cannot tell apart, since there `.` becomes `_`. */
export interface NameCollision {
  readonly name: string;
  readonly other: string;
}

/** The new names that collide with an existing topic or with another new one, each pair once. */
export function findCollisions(names: readonly string[], existing: readonly string[]): NameCollision[] {
  const seen = new Map(existing.map((name) => [metricName(name), name]));
  const collisions: NameCollision[] = [];
  for (const name of names) {
    const other = seen.get(metricName(name));
    if (other === undefined) seen.set(metricName(name), name);
    else if (other !== name) collisions.push({ name, other });
  }
  return collisions;
}

function metricName(name: string): string {
  return name.replaceAll('.', '_');
}
