import type { RecordView, TimestampType } from '../../core/record-formats/record-view.js';
import type { RecordCursor } from '../../protocol/records/record-cursor.js';

/** Shows formatters the record that a fetcher's cursor stands on; computes offset and time only when they are asked for. */
export class CursorView implements RecordView {
  topic = '';
  partition = 0;
  private cursor: RecordCursor | undefined;
  /** The batch that the numbers below belong to, by its base offset. */
  private base: bigint | undefined;
  private baseNumber = 0;
  /** Milliseconds that timestamp deltas are counted from; NaN where that would not be exact. */
  private baseTime = 0;

  /** Looks at the records of another chunk. */
  enter(topic: string, partition: number): void {
    this.topic = topic;
    this.partition = partition;
    this.base = undefined;
  }

  private enterBatch(at: RecordCursor): void {
    this.base = at.baseOffset;
    this.baseNumber = Number(at.baseOffset);
    const baseTime = Number(at.timestamp) - at.timestampDelta;
    this.baseTime = Number.isSafeInteger(baseTime) ? baseTime : NaN;
  }

  /** Looks through this cursor from now on; it may move without being told again. */
  look(cursor: RecordCursor): void {
    this.cursor = cursor;
  }

  private get at(): RecordCursor {
    if (this.cursor === undefined) throw new Error('no record is looked at');
    return this.cursor;
  }

  get source(): Uint8Array {
    return this.at.buffer;
  }

  get keyStart(): number {
    return this.at.keyStart;
  }

  get keyEnd(): number {
    return this.at.keyEnd;
  }

  get valueStart(): number {
    return this.at.valueStart;
  }

  get valueEnd(): number {
    return this.at.valueEnd;
  }

  get headerCount(): number {
    return this.at.headerCount;
  }

  get headersStart(): number {
    return this.at.headersStart;
  }

  get offset(): number | bigint {
    const { at } = this;
    if (at.baseOffset !== this.base) this.enterBatch(at);
    const offset = this.baseNumber + at.offsetDelta;
    return Number.isSafeInteger(offset) ? offset : at.offset;
  }

  get timestamp(): number | bigint {
    const { at } = this;
    if (at.isAppendTime) return exactNumber(at.timestamp);
    if (at.baseOffset !== this.base) this.enterBatch(at);
    const timestamp = this.baseTime + at.timestampDelta;
    return Number.isSafeInteger(timestamp) ? timestamp : exactNumber(at.timestamp);
  }

  get timestampType(): TimestampType {
    if (this.at.isAppendTime) return 'append';
    return this.timestamp === -1 ? 'none' : 'create';
  }

  get isTimeless(): boolean {
    return this.at.isTimeless;
  }
}

function exactNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
