import type { Readable } from 'node:stream';

/** What a consumer prints as `partition<TAB>offset<TAB>number ...`: counted as it comes, nothing of it is kept. */
export class SeenRecords {
  private seen = new Uint8Array(1 << 20);
  private count = 0;
  private readonly wrong = { twice: 0, disordered: 0, unknown: 0 };
  constructor(...streams: readonly Readable[]) {
    for (const stream of streams) this.follow(stream);
  }

  /** Resolves when so many different ones were seen, or the time is over. */
  async waitFor(count: number, milliseconds: number): Promise<void> {
    const deadline = performance.now() + milliseconds;
    while (this.count < count && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  /** What is wrong, where the numbers from 0 to `count` were written once each. */
  faults(count: number): string[] {
    const { twice, disordered, unknown } = this.wrong;
    const missing = count - this.seen.subarray(0, count).reduce((sum, flag) => sum + flag, 0);
    return [
      ...(missing > 0 ? [`${missing} records missing`] : []),
      ...(twice > 0 ? [`${twice} records twice`] : []),
      ...(disordered > 0 ? [`${disordered} records out of order`] : []),
      ...(unknown > 0 ? [`${unknown} lines that were never written`] : []),
    ];
  }

  private follow(stream: Readable): void {
    const last = new Map<string, number>();
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.note(line, last);
    });
  }

  private note(line: string, last: Map<string, number>): void {
    const [partition = '', offset = '', value = ''] = line.split('\t');
    const number = Number.parseInt(value, 10);
    if (!(number >= 0)) {
      this.wrong.unknown++;
      return;
    }
    if (Number(offset) <= (last.get(partition) ?? -1)) this.wrong.disordered++;
    last.set(partition, Number(offset));
    if (number >= this.seen.length) this.grow(number);
    if (this.seen[number] === 1) this.wrong.twice++;
    else this.count++;
    this.seen[number] = 1;
  }

  private grow(number: number): void {
    const larger = new Uint8Array(Math.max(number + 1, this.seen.length * 2));
    larger.set(this.seen);
    this.seen = larger;
  }
}
