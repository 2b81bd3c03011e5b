import { consumePolls } from '../../operations/verify/consume-polls.js';
import type { ConsumePollsOptions, PollEvent } from '../../operations/verify/poll-options.js';
import { standardOutput } from '../../terminal/standard-output.js';
import type { ParsedArguments } from '../argparse/parsed-arguments.js';
import { connectTool, type ToolContext } from '../connect-tool.js';
import { clientFailure } from '../java/client-failure.js';
import { checkConsumerConfig } from '../java/consumer-config.js';
import { consumerFailure } from '../java/consumer-failure.js';
import { formatTrace, JavaError } from '../java/java-error.js';
import { formatLogLine } from '../java/log-line.js';
import { commitPolicy, fetchSettings, memberSettings } from '../kafka-console-consumer/member-settings.js';
import type { ToolOutcome, ToolRun } from '../tool.js';
import { EventWriter } from '../verifiable/event-writer.js';
import { readConfigFile } from '../verifiable/read-config-file.js';

const rangeAssignor = 'org.apache.kafka.clients.consumer.RangeAssignor';

/** Reads as a member of a group and prints what happens. */
export async function consumeVerifiably(run: ToolRun, parsed: ParsedArguments): Promise<ToolOutcome> {
  const file = await readConfigFile(parsed, 'consumer.config', (line) => run.out(line));
  const values = valuesOf(parsed, file);
  const context = connectTool(run, { properties: Object.fromEntries(values) }, 'consumer');
  try {
    checkConsumerConfig(values);
    const member = memberSettings(values, { topics: [parsed.text('topic') ?? ''] });
    await context.settings();
    const maxMessages = parsed.number('max-messages') ?? -1;
    const events = new EventWriter(standardOutput(), () => Date.now());
    const failure = await report(run, context, events, {
      member,
      fetch: { ...fetchSettings(values), isolationLevel: isolationOf(values) },
      maxMessages: maxMessages < 0 ? undefined : maxMessages,
      maxPollRecords: Number(values.get('max.poll.records') ?? 500),
      withRecords: parsed.has('verbose'),
      commit: commitOf(values),
      onEvent: (event) => tellOf(events, event),
    });
    return { exit: 0, failed: failure };
  } finally {
    await context.close();
  }
}

/** The settings of the consumer; here the command line has the last word. */
function valuesOf(parsed: ParsedArguments, file: ReadonlyMap<string, string>): Map<string, string> {
  const protocol = parsed.text('group-protocol') ?? 'classic';
  if (!/^(?:classic|consumer)$/i.test(protocol)) {
    const name = `org.apache.kafka.clients.consumer.GroupProtocol.${protocol.toUpperCase()}`;
    throw new JavaError('java.lang.IllegalArgumentException', `No enum constant ${name}`);
  }
  const isNew = protocol.toLowerCase() === 'consumer';
  const values = new Map(file);
  const set = (key: string, value: string | undefined): void => {
    if (value !== undefined) values.set(key, value);
  };
  set('group.protocol', protocol);
  if (isNew) set('group.remote.assignor', parsed.text('group-remote-assignor'));
  else set('partition.assignment.strategy', parsed.text('assignment-strategy') ?? rangeAssignor);
  set('group.id', parsed.text('group-id'));
  set('group.instance.id', parsed.text('group-instance-id'));
  set('bootstrap.servers', parsed.text('bootstrap-server'));
  set('enable.auto.commit', String(parsed.has('enable-autocommit')));
  set('auto.offset.reset', parsed.text('reset-policy') ?? 'earliest');
  set('session.timeout.ms', parsed.text('session-timeout'));
  return values;
}

function isolationOf(values: ReadonlyMap<string, string>): 'read_committed' | 'read_uncommitted' {
  return values.get('isolation.level')?.trim() === 'read_committed' ? 'read_committed' : 'read_uncommitted';
}

function commitOf(values: ReadonlyMap<string, string>): ConsumePollsOptions['commit'] {
  const policy = commitPolicy(values);
  return policy.kind === 'interval' ? { everyMs: policy.ms } : 'each-poll';
}

/** Runs it between the events of its beginning and end; tells whether something went wrong. */
async function report(run: ToolRun, context: ToolContext, events: EventWriter, options: ConsumePollsOptions): Promise<boolean> {
  const { signal } = run.interrupts;
  const onSignal = (): void => void events.tell('shutdown_requested');
  await events.tell('startup_complete');
  if (signal.aborted) onSignal();
  else signal.addEventListener('abort', onSignal, { once: true });
  let hasFailed = false;
  try {
    checkTopic(options.member.topics?.[0] ?? '');
    await consumePolls(context, options);
  } catch (error) {
    hasFailed = true;
    const text = 'Error during processing, terminating consumer process: ';
    run.err(formatLogLine('ERROR', text, 'org.apache.kafka.tools.VerifiableConsumer', new Date()));
    run.err(formatTrace(consumerFailure(error, options.member.groupId)));
  }
  signal.removeEventListener('abort', onSignal);
  await events.tell('shutdown_complete');
  // Kafka's tool tells of the request that its own end makes to it.
  if (!signal.aborted) await events.tell('shutdown_requested');
  return hasFailed;
}

/** What subscribing to a topic fails with. */
function checkTopic(name: string): void {
  if (name.trim() === '') {
    const text = 'Topic collection to subscribe to cannot contain null or empty topic';
    throw new JavaError('java.lang.IllegalArgumentException', text);
  }
}

const goneText =
  'Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.';

function tellOf(events: EventWriter, event: PollEvent): Promise<void> {
  switch (event.kind) {
    case 'assigned':
    case 'revoked':
      return events.tell(`partitions_${event.kind}`, {
        partitions: event.partitions.map(({ topic, partition }) => ({ topic, partition })),
      });
    case 'record': {
      const { key, value, topic, partition, offset } = event.record;
      return events.tell('record_data', { key, value, topic, partition, offset });
    }
    case 'polled': {
      const partitions = event.ranges.map(({ topic, partition, count, firstOffset, lastOffset }) => ({
        ...{ topic, partition, count, minOffset: firstOffset, maxOffset: lastOffset },
      }));
      return events.tell('records_consumed', { count: event.count, partitions });
    }
    case 'committed': {
      const { error } = event;
      const offsets = event.offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
      const message = error === 'gone' ? goneText : error === undefined ? undefined : clientFailure(error, 'commitSync').message;
      return events.tell('offsets_committed', {
        offsets,
        ...(message === undefined ? {} : { error: message }),
        success: error === undefined,
      });
    }
  }
}
