import type { AnyMessage, RequestBody, ResponseBody } from '../../protocol/message.js';
import { errorCode } from '../../protocol/errors.js';
import type { Cluster } from '../cluster.js';

const lostCoordinator: ReadonlySet<number> = new Set([errorCode.COORDINATOR_NOT_AVAILABLE, errorCode.NOT_COORDINATOR]);

/** The member's own line to its coordinator: requests that may be held for long delay nothing but each other. */
export class GroupLink {
  private readonly cluster: Cluster;
  private readonly groupId: string;
  private isStale = false;

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
    { timeoutMs, signal }: { timeoutMs?: number; signal: AbortSignal },
  ): Promise<ResponseBody<M>> {
    const { direct } = this.cluster;
    try {
      const broker = await direct.coordinator('group', this.groupId, { refresh: this.isStale, signal });
      this.isStale = false;
      const connection = await direct.connection(broker, 'group', { signal });
      return await connection.send(message, body, { timeoutMs: timeoutMs ?? direct.settings.requestTimeoutMs, signal });
    } catch (error) {
      this.isStale = true;
      throw error;
    }
  }

  /** Takes note of an answer: true when another broker has to be found before it is asked again. */
  lost(code: number): boolean {
    if (!lostCoordinator.has(code)) return false;
    this.isStale = true;
    return true;
  }
}
