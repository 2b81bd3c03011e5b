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

/** How to make the formatter of a Java class name; undefined for a class that is not one of Kafka 4.3's own. */
export function findFormatter(className: string): CreateFormatter | undefined {
  return Object.hasOwn(formatters, className) ? formatters[className] : undefined;
}
