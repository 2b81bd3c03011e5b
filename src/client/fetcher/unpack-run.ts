import { CliError } from '../../core/errors.js';
import { UnreadableAnswer } from '../unreadable-answer.js';
import type { Codec, CompressionType } from '../../protocol/compression/codec.js';
import { loadCodec } from '../../protocol/compression/load-codec.js';
import { ProtocolError } from '../../protocol/protocol-error.js';
import { BatchHeader } from '../../protocol/records/batch-header.js';
import { damageHint } from './damage-hint.js';
import { type ChunkFacts, FetchedChunk } from './fetched-chunk.js';
import type { BatchSpan, Run } from './scan-run.js';

/** A run made ready for its reader. `error` says why it ends before the run does. */
export interface Unpacked {
  /** Absent when no record of the run may be shown. */
  readonly chunk: FetchedChunk | undefined;
  readonly nextOffset: bigint;
  readonly error: CliError | undefined;
}

/** Where a run comes from. */
export interface RunFacts extends Omit<ChunkFacts, 'nextOffset' | 'leaderEpoch'> {
  readonly broker: number;
}

/** Checks batches and loads what is needed to read them; keeps loaded codecs for the runs to come. */
export class RunUnpacker {
  private readonly checkCrcs: boolean;
  private readonly limit: number;
  private readonly codecs = new Map<CompressionType, Codec>();

  /** @param limit see `ConnectionSettings.maxUnpackedBytes` */
  constructor(checkCrcs: boolean, limit: number) {
    this.checkCrcs = checkCrcs;
    this.limit = limit;
  }

  /** Makes a run of `broker` ready; one with a broken batch ends before it, so that what is whole can still be used. */
  async unpack(facts: RunFacts, records: Buffer, run: Run): Promise<Unpacked> {
    const header = new BatchHeader();
    header.buffer = records;
    const spans: BatchSpan[] = [];
    // Behind the last whole batch, not where the broken one says it begins: an old compressed one names its end there.
    let whole = facts.start;
    for (const span of run.batches) {
      header.start = span.start;
      header.end = span.end;
      const error = await this.check(facts, header);
      if (error !== undefined) return this.cut(facts, records, { spans, nextOffset: whole, error });
      whole = header.lastOffset + 1n;
      if (span.isVisible) spans.push(span);
    }
    const { next, leaderEpoch } = run;
    const nextOffset = facts.stop !== undefined && next > facts.stop ? facts.stop : next;
    if (spans.length === 0) return { chunk: undefined, nextOffset, error: undefined };
    const chunk = new FetchedChunk(
      { ...facts, nextOffset, leaderEpoch },
      { records, spans, codecs: this.codecs, limit: this.limit },
    );
    return { chunk, nextOffset, error: undefined };
  }

  private cut(
    facts: RunFacts,
    records: Buffer,
    { spans, nextOffset, error }: { spans: readonly BatchSpan[]; nextOffset: bigint; error: CliError },
  ): Unpacked {
    if (spans.length === 0) return { chunk: undefined, nextOffset: facts.start, error };
    const chunk = new FetchedChunk(
      { ...facts, nextOffset, leaderEpoch: undefined },
      { records, spans, codecs: this.codecs, limit: this.limit },
    );
    return { chunk, nextOffset, error };
  }

  private async check(facts: RunFacts, header: BatchHeader): Promise<CliError | undefined> {
    const where = `batch at offset ${header.baseOffset} of partition ${facts.topic}-${facts.partition}`;
    if (this.checkCrcs && !header.isIntact()) return damaged(`${where} is corrupt: its checksum does not match`, facts, header);
    try {
      const { compression } = header;
      if (compression !== 'none' && !this.codecs.has(compression)) this.codecs.set(compression, await loadCodec(compression));
      return undefined;
    } catch (error) {
      if (error instanceof CliError) return error;
      if (!(error instanceof ProtocolError)) throw error;
      return damaged(`${where}: ${error.message}`, facts, header, error);
    }
  }
}

function damaged(text: string, facts: RunFacts, header: BatchHeader, cause?: ProtocolError): UnreadableAnswer {
  const { broker } = facts;
  // Two numbers that agree were hardly both hit.
  const next = header.count === header.lastOffsetDelta + 1 ? header.lastOffset + 1n : undefined;
  return new UnreadableAnswer(text, { source: `broker ${broker}`, hint: damageHint(facts, { broker, next }), cause });
}
