/** Records of one partition that failed for one reason. */
export interface ProducerFailure {
  readonly topic: string;
  readonly partition: number;
  /** Smallest and largest tag among the records; others of the range may have gone elsewhere. */
  firstTag: number;
  lastTag: number;
  count: number;
  /** Kafka's name of the error, or `DELIVERY_TIMEOUT`, `ABORTED`. */
  readonly error: string;
  /** The broker's own message where it sent one, else what the error means. */
  readonly message: string;
}

/** What became of every record appended so far. */
export interface ProducerReport {
  /** Records that the cluster has confirmed. */
  readonly acknowledged: number;
  /** Records handed to the network with acks=0, which no broker confirms. */
  readonly sent: number;
  readonly failed: number;
  /** The first failures; neighbours with the same reason are one entry. */
  readonly failures: readonly ProducerFailure[];
  /** Records that failed and are not among `failures`. */
  readonly unlisted: number;
}

const listed = 100;

/** Counts outcomes, and lists the first failures. */
export class ReportBuilder implements ProducerReport {
  acknowledged = 0;
  sent = 0;
  failed = 0;
  unlisted = 0;
  readonly failures: ProducerFailure[] = [];

  fail(failure: ProducerFailure): void {
    this.failed += failure.count;
    const same = this.failures.findLast(
      ({ topic, partition, error, message }) =>
        topic === failure.topic && partition === failure.partition && error === failure.error && message === failure.message,
    );
    if (same !== undefined) {
      same.firstTag = Math.min(same.firstTag, failure.firstTag);
      same.lastTag = Math.max(same.lastTag, failure.lastTag);
      same.count += failure.count;
    } else if (this.failures.length < listed) this.failures.push({ ...failure });
    else this.unlisted += failure.count;
  }

  /** A copy that stays as it is. */
  snapshot(): ProducerReport {
    const { acknowledged, sent, failed, unlisted } = this;
    return { acknowledged, sent, failed, unlisted, failures: this.failures.map((failure) => ({ ...failure })) };
  }
}
