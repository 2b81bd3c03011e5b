import { ByteBuffer } from '../../core/record-formats/byte-buffer.js';

const firstRecords = 1024;

/** Formatted records with the place where each ends, so that after a write that failed it is known which of them were written. */
export class RecordPage {
  /** What formatters append to. */
  readonly buffer: ByteBuffer;
  private ends = new Uint32Array(firstRecords);
  private count = 0;

  constructor(size: number) {
    this.buffer = new ByteBuffer(size);
  }

  /** Records that end here. */
  get records(): number {
    return this.count;
  }

  /** The record formatted last ends where the buffer does now. */
  endRecord(): void {
    if (this.count === this.ends.length) this.grow();
    this.ends[this.count++] = this.buffer.length;
  }

  /** Several records end where it is said. */
  endRecords(ends: Uint32Array): void {
    while (this.count + ends.length > this.ends.length) this.grow();
    this.ends.set(ends, this.count);
    this.count += ends.length;
  }

  private grow(): void {
    const larger = new Uint32Array(this.ends.length * 2);
    larger.set(this.ends);
    this.ends = larger;
  }

  /** How many records the first `bytes` bytes hold whole. */
  recordsWithin(bytes: number): number {
    const beyond = this.ends.subarray(0, this.count).findIndex((end) => end > bytes);
    return beyond < 0 ? this.count : beyond;
  }

  clear(): void {
    this.buffer.clear();
    this.count = 0;
  }
}
