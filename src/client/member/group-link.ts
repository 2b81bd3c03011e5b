import type { CliError } from '../../core/errors.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../protocol/message.js';
import { errorCode } from '../../protocol/errors.js';
import type { Cluster } from '../cluster.js';
import { ConnectionError } from '../connection-error.js';
import { UnreadableAnswer, unreadableAttempts } from '../unreadable-answer.js';

const lostCoordinator: ReadonlySet<number> = new Set([errorCode.COORDINATOR_NOT_AVAILABLE, errorCode.NOT_COORDINATOR]);

/** The member's own line to its coordinator: requests that may be held for long delay nothing but each other. */
export class GroupLink {
  private readonly cluster: Cluster;
  private readonly groupId: string;
  private isStale = false;
  /** Answers in a row that could not be read. */
  private unreadable = 0;

  constructor(cluster: Cluster, groupId: string) {
    this.cluster = cluster;
    this.groupId = groupId;
  }

  /**
   * Sends one request to the coordinator, once; error codes are the caller's to read.
   *
   * @throws ConnectionError; CliError `unsupported`, `authorization` and others
   */
  async send<M extends AnyMessage>(
    message: M,
    body: RequestBody<M>,
    { timeoutMs, signal, heldMs = 0 }: { timeoutMs?: number; signal: AbortSignal; heldMs?: number },
  ): Promise<ResponseBody<M>> {
    const { direct } = this.cluster;
    try {
      const broker = await direct.coordinator('group', this.groupId, { refresh: this.isStale, signal });
      this.isStale = false;
      const connection = await direct.connection(broker, 'group', { signal });
      const limits = { timeoutMs: timeoutMs ?? direct.settings.requestTimeoutMs, signal, heldMs };
      const answer = await connection.send(message, body, limits);
      this.unreadable = 0;
      return answer;
    } catch (error) {
      this.isStale = true;
      throw error instanceof UnreadableAnswer ? this.doubt(error) : error;
    }
  }

  /** An answer that could not be read is as good as none, a few times in a row. */
  private doubt(error: UnreadableAnswer): CliError {
    this.unreadable += 1;
    if (this.unreadable >= unreadableAttempts) return error.lasting(this.unreadable);
    return new ConnectionError('connection', error.message, { address: error.source, sent: true, cause: error });
  }

  /** Takes note of an answer: true when another broker has to be found before it is asked again. */
  lost(code: number): boolean {
    if (!lostCoordinator.has(code)) return false;
    this.isStale = true;
    return true;
  }
}
