import { kafkaError } from './errors.js';

/**
 * The one code that decides whether a coordinator is asked again, from an answer with a code for the whole (0 if it has none)
 * and one for each partition. Codes about single partitions count only where asking the coordinator again can cure them.
 */
export function coordinatorCode(whole: number, partitions: readonly number[]): number {
  if (whole !== 0) return whole;
  const curable = partitions.map(kafkaError).find((error) => error.retriable && error.refresh !== 'metadata');
  return curable?.code ?? 0;
}
