import { JavaError } from '../java/java-error.js';
import { parseJavaInt } from '../java/parse-int.js';

/**
 * Reads `--replica-assignment`: partitions between commas, brokers between colons; undefined where it names none.
 *
 * @throws JavaError for a number that is none, a broker named twice, and lists of different lengths
 */
export function parseReplicaAssignment(text: string): readonly (readonly number[])[] | undefined {
  if (text === '') return undefined;
  const assignment: number[][] = [];
  for (const [partition, part] of javaSplit(text, ',').entries()) {
    const brokers = javaSplit(part, ':').map((id) => parseJavaInt(id.trim()));
    const twice = [...new Set(brokers.filter((id, at) => brokers.indexOf(id) !== at))];
    if (twice.length > 0) {
      throw toolError(
        'AdminCommandFailedException',
        `Partition replica lists may not contain duplicate entries: ${twice.join(',')}`,
      );
    }
    assignment.push(brokers);
    if (brokers.length !== assignment[0]?.length) {
      throw toolError(
        'AdminOperationException',
        `Partition ${partition} has different replication factor: [${brokers.join(', ')}]`,
      );
    }
  }
  return assignment.length === 0 ? undefined : assignment;
}

/** Java's `String.split`: empty parts at the end are dropped, an empty text is one part. */
function javaSplit(text: string, separator: string): string[] {
  if (text === '') return [''];
  const parts = text.split(separator);
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

function toolError(name: string, message: string): JavaError {
  return new JavaError(`org.apache.kafka.tools.${name}`, message);
}
