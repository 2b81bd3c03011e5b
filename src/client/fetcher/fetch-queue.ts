import type { FetchedChunk } from './fetched-chunk.js';
import type { FrameLease } from './frame-slots.js';
import type { PartitionTrack } from './partition-track.js';

/** One response of one broker, held in memory until everything in it has been taken. */
export interface Frame {
  readonly broker: number;
  left: number;
  /** The memory it lies in, to be released once what was taken last is done with. */
  readonly lease: FrameLease | undefined;
}

/** What was read of one partition: a chunk, or only the way over records that nobody is shown. */
export interface QueuedRead {
  readonly track: PartitionTrack;
  readonly frame: Frame;
  readonly chunk: FetchedChunk | undefined;
  readonly nextOffset: bigint;
  /** Of the topic that it was read of: the track may be at another one of the same name already. */
  readonly topicId: string | undefined;
  /** Leader epoch of the last batch, where known. */
  readonly leaderEpoch: number | undefined;
}

/** What was read and not yet taken, in the order of arrival; counts the responses that it keeps in memory, by broker. */
export class FetchQueue {
  private readonly reads: QueuedRead[] = [];
  private readonly frames = new Map<number, number>();

  /** Responses of a broker that are not used up. */
  framesOf(broker: number): number {
    return this.frames.get(broker) ?? 0;
  }

  push(broker: number, reads: readonly Omit<QueuedRead, 'frame'>[], lease?: FrameLease): void {
    if (reads.length === 0) return lease?.release();
    const frame: Frame = { broker, left: reads.length, lease };
    this.frames.set(broker, this.framesOf(broker) + 1);
    for (const read of reads) this.reads.push({ ...read, frame });
  }

  /** The oldest read; the second value says whether its response is now used up. */
  take(): { read: QueuedRead; isFrameDone: boolean } | undefined {
    const read = this.reads.shift();
    if (read === undefined) return undefined;
    const { frame } = read;
    frame.left--;
    if (frame.left === 0) this.frames.set(frame.broker, this.framesOf(frame.broker) - 1);
    return { read, isFrameDone: frame.left === 0 };
  }

  clear(): void {
    this.reads.length = 0;
    this.frames.clear();
  }
}
