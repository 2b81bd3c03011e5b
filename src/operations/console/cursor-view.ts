import type { RecordView, TimestampType } from '../../core/record-formats/record-view.js';
import type { RecordCursor } from '../../protocol/records/record-cursor.js';

/** Shows formatters the record that a fetcher's cursor stands on; computes offset and time only when they are asked for. */
export class CursorView implements RecordView {
  topic = '';
  partition = 0;
  private cursor: RecordCursor | undefined;
  private base: bigint | undefined;
  private baseNumber = 0;

  /** Looks at another partition's records. */
  enter(topic: string, partition: number): void {
    this.topic = topic;
    this.partition = partition;
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
    if (at.baseOffset !== this.base) {
      this.base = at.baseOffset;
      this.baseNumber = Number(at.baseOffset);
    }
    const offset = this.baseNumber + at.offsetDelta;
    return Number.isSafeInteger(offset) ? offset : at.offset;
  }

  get timestamp(): number | bigint {
    const { timestamp } = this.at;
    const milliseconds = Number(timestamp);
    return Number.isSafeInteger(milliseconds) ? milliseconds : timestamp;
  }

  get timestampType(): TimestampType {
    const { at } = this;
    if (at.isAppendTime) return 'append';
    return at.timestamp < 0n ? 'none' : 'create';
  }
}
