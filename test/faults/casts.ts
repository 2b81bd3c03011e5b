import type { Scenario } from './scenario.js';
import { CopyScenario } from './scenarios/copy.js';
import { CreateTopicsScenario } from './scenarios/create-topics.js';
import { DeleteRecordsScenario } from './scenarios/delete-records.js';
import { FollowScenario } from './scenarios/follow.js';
import { GroupScenario } from './scenarios/group.js';
import { ImportOffsetsScenario } from './scenarios/import-offsets.js';
import { ProduceScenario } from './scenarios/produce.js';
import { ResetOffsetsScenario } from './scenarios/reset-offsets.js';
import { VerifyConsumeScenario } from './scenarios/verify-consume.js';
import { VerifyProduceScenario } from './scenarios/verify-produce.js';

/** The scenarios of one batch; `writer` fills the topic that the readers read. */
export interface Cast {
  readonly scenarios: readonly Scenario[];
  readonly writer: Scenario;
  readonly group: GroupScenario;
}

/** A few scenarios that together take half a minute. */
export function smallCast(): Cast {
  const writer = new ProduceScenario({ name: 'produce, idempotent', flags: [], promised: 'exactly-once' });
  const group = new GroupScenario(writer, 'classic');
  return { scenarios: [writer, new FollowScenario(writer), group, new ResetOffsetsScenario()], writer, group };
}

/** Every scenario. */
export function fullCast(): Cast {
  const writer = new ProduceScenario({ name: 'produce, idempotent', flags: [], promised: 'exactly-once' });
  const group = new GroupScenario(writer, 'classic');
  const scenarios = [
    writer,
    new ProduceScenario({
      name: 'produce, transaction',
      flags: ['--transactional-id', `t-${Date.now()}`],
      promised: 'transaction',
    }),
    new ProduceScenario({ name: 'produce, acks=1', flags: ['--acks', '1'], promised: 'as-far-as-acks' }),
    new ProduceScenario({ name: 'produce, acks=0', flags: ['--acks', '0'], promised: 'as-far-as-acks' }),
    new VerifyProduceScenario(),
    new FollowScenario(writer),
    group,
    new GroupScenario(writer, 'consumer'),
    new VerifyConsumeScenario(writer),
    new CopyScenario(writer),
    new ResetOffsetsScenario(),
    new ImportOffsetsScenario(),
    new DeleteRecordsScenario(),
    new CreateTopicsScenario(),
  ];
  return { scenarios, writer, group };
}
