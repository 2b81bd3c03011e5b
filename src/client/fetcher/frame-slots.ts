import type { AnswerMemory } from '../transport.js';

// Beside records, an answer has names and numbers of its partitions.
const besidesRecords = 64 * 1024;

/**
 * Memory that the answers of one fetcher are received in, one after the other. For readers who are done with a chunk when they ask
 * for the next one: then its memory, some megabytes, need not be made anew, touched for the first time and thrown away.
 */
export class FrameSlots {
  private readonly slotBytes: number;
  private readonly free: Buffer[] = [];
  private left: number;

  /** Makes no more than `count` slots, for answers that are expected to have up to `recordBytes` of records. */
  constructor(recordBytes: number, count: number) {
    this.slotBytes = recordBytes + besidesRecords;
    this.left = count;
  }

  /** A place for one answer. */
  lease(): FrameLease {
    return new FrameLease(this);
  }

  /** For leases: a slot for so many bytes, unless they are too many or all slots are in use. */
  takeSlot(length: number): Buffer | undefined {
    if (length > this.slotBytes) return undefined;
    const slot = this.free.pop();
    if (slot !== undefined || this.left === 0) return slot;
    this.left--;
    return Buffer.allocUnsafeSlow(this.slotBytes);
  }

  /** For leases: takes a slot back. */
  giveSlot(slot: Buffer): void {
    this.free.push(slot);
  }
}

/** The memory of one answer, in use as long as the socket may write to it or the reader may read from it. */
export class FrameLease implements AnswerMemory {
  private readonly slots: FrameSlots;
  private slot: Buffer | undefined;
  private isBeingWritten = false;
  private isReleased = false;

  constructor(slots: FrameSlots) {
    this.slots = slots;
  }

  take(length: number): Buffer | undefined {
    // Nobody reads the answer to a request that was given up.
    if (this.isReleased) return undefined;
    this.slot = this.slots.takeSlot(length);
    this.isBeingWritten = this.slot !== undefined;
    return this.slot?.subarray(0, length);
  }

  arrived(): void {
    this.isBeingWritten = false;
    this.giveBack();
  }

  /** Nothing of the answer is read any more. */
  release(): void {
    this.isReleased = true;
    this.giveBack();
  }

  private giveBack(): void {
    const { slot } = this;
    if (slot === undefined || this.isBeingWritten || !this.isReleased) return;
    this.slot = undefined;
    this.slots.giveSlot(slot);
  }
}
