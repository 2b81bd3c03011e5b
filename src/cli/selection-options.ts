import { Option } from 'commander';
import { collect } from './option-values.js';

/** Kafka's own way to name a group, beside the word. */
export function groupOption(): Option {
  return new Option('--group <id>', 'same as GROUP; may be given several times').argParser(collect);
}

/** For names that read like patterns. */
export function literalOption(): Option {
  return new Option('--literal', 'every word is a name as it stands, and no pattern');
}

/** What the words of a command that names topics can be. */
export const topicPatternHelp = `
A NAME is a topic's name, a glob ('orders-*', 'order?') or a regular expression between slashes ('/^(orders|bills)-/').`;

/** The same for groups. */
export const groupPatternHelp = `
A GROUP is a group's name, a glob ('billing-*') or a regular expression between slashes ('/^(billing|stock)-/').`;
