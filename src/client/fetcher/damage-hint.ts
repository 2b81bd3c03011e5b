import type { TopicPartition } from '../../protocol/message.js';

/** What to do about records that come broken from a broker every time; `next` is the offset behind them, where that is sure. */
export function damageHint(
  { topic, partition }: TopicPartition,
  { broker, next }: { readonly broker: number; readonly next: bigint | undefined },
): string {
  const where = `broken on the disk of broker ${broker}, more likely than on the way`;
  const others = `see which replicas may have it whole: kafkit topics describe ${topic}`;
  const behind =
    next === undefined ? '' : `; read on behind it: kafkit console consume ${topic} --partition ${partition} --offset ${next}`;
  return `${where}; ${others}${behind}`;
}
