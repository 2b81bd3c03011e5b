import { type Assignor, type AssignorName } from './assignor.js';
import { cooperativeSticky } from './cooperative-sticky.js';
import { range } from './range.js';
import { roundRobin } from './round-robin.js';
import { sticky } from './sticky.js';

const assignors: Readonly<Record<AssignorName, Assignor>> = {
  range,
  roundrobin: roundRobin,
  sticky,
  'cooperative-sticky': cooperativeSticky,
};

/** The assignor of that name, or `undefined` for a name that is none of Kafka's. */
export function findAssignor(name: string): Assignor | undefined {
  return Object.hasOwn(assignors, name) ? assignors[name as AssignorName] : undefined; // hasOwn proved the name
}
