import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import {
  groupMetadataRecords,
  offsetRecords,
  shareGroupRecords,
  shareStateRecords,
} from '../../protocol/coordinator-records/group-records.js';
import { transactionRecords } from '../../protocol/coordinator-records/transaction-records.js';
import { coordinatorFormatter } from './coordinator-formatter.js';
import { defaultFormatter, type FormatterConfig, type OnMissing } from './default-formatter.js';

type CreateFormatter = (config: FormatterConfig, onMissing: OnMissing) => RecordFormatter;

const tools = 'org.apache.kafka.tools.consumer.';

const formatters: Readonly<Record<string, CreateFormatter>> = {
  [`${tools}DefaultMessageFormatter`]: defaultFormatter,
  // What it logs besides is below the level that the tools log at.
  [`${tools}LoggingMessageFormatter`]: defaultFormatter,
  [`${tools}NoOpMessageFormatter`]: () => () => undefined,
  [`${tools}OffsetsMessageFormatter`]: () => coordinatorFormatter(offsetRecords),
  [`${tools}GroupMetadataMessageFormatter`]: () => coordinatorFormatter(groupMetadataRecords),
  [`${tools}TransactionLogMessageFormatter`]: () => coordinatorFormatter(transactionRecords),
  [`${tools}ShareGroupMessageFormatter`]: () => coordinatorFormatter(shareGroupRecords),
  [`${tools}group.share.ShareGroupStateMessageFormatter`]: () => coordinatorFormatter(shareStateRecords),
};

/** Names that Kafka 3 had for the same. */
const oldNames: Readonly<Record<string, string>> = {
  'kafka.tools.DefaultMessageFormatter': `${tools}DefaultMessageFormatter`,
  'kafka.tools.LoggingMessageFormatter': `${tools}LoggingMessageFormatter`,
  'kafka.tools.NoOpMessageFormatter': `${tools}NoOpMessageFormatter`,
  'kafka.coordinator.group.GroupMetadataManager$OffsetsMessageFormatter': `${tools}OffsetsMessageFormatter`,
  'kafka.coordinator.group.GroupMetadataManager$GroupMetadataMessageFormatter': `${tools}GroupMetadataMessageFormatter`,
  'kafka.coordinator.transaction.TransactionLog$TransactionLogMessageFormatter': `${tools}TransactionLogMessageFormatter`,
};

/** The formatter of a Java class name: how to make it, and its present name where the name is an old one. Undefined for a class that is not Kafka's own. */
export function findFormatter(className: string): { readonly create: CreateFormatter; readonly newName?: string } | undefined {
  const newName = Object.hasOwn(oldNames, className) ? oldNames[className] : undefined;
  const name = newName ?? className;
  const create = Object.hasOwn(formatters, name) ? formatters[name] : undefined;
  if (create === undefined) return undefined;
  return newName === undefined ? { create } : { create, newName };
}
