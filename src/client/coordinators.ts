import type { CoordinatorType, RequestBody, ResponseBody } from '../protocol/message.js';
import type { FindCoordinator } from '../protocol/messages/find-coordinator.js';
import type { Broker } from './cluster.js';

/** Sends FindCoordinator within the limits of the work that needs the answer. */
export type AskCoordinator = (body: RequestBody<typeof FindCoordinator>) => Promise<ResponseBody<typeof FindCoordinator>>;

/** Where a coordinator is, or the code and message with which the cluster declined to say. */
export type Found =
  { readonly broker: number } | { readonly broker: undefined; readonly code: number; readonly message: string | null };

const keyTypes: Readonly<Record<CoordinatorType, number>> = { group: 0, transaction: 1 };

/** Which broker coordinates which group or transactional id, as the cluster last said. */
export class Coordinators {
  private readonly learn: (broker: Broker) => void;
  private readonly known = new Map<string, number>();

  constructor(learn: (broker: Broker) => void) {
    this.learn = learn;
  }

  /** The coordinators of the given keys; `ask` is used once for all that are not known. */
  async find(type: CoordinatorType, keys: readonly string[], ask: AskCoordinator): Promise<ReadonlyMap<string, Found>> {
    const found = new Map<string, Found>();
    const missing: string[] = [];
    for (const key of keys) {
      const broker = this.known.get(idOf(type, key));
      if (broker === undefined) missing.push(key);
      else found.set(key, { broker });
    }
    if (missing.length === 0) return found;
    const { coordinators } = await ask({ keyType: keyTypes[type], coordinatorKeys: missing });
    for (const { key, nodeId, host, port, errorCode: code, errorMessage: message } of coordinators) {
      if (code === 0) {
        this.known.set(idOf(type, key), nodeId);
        this.learn({ id: nodeId, host, port, rack: null });
        found.set(key, { broker: nodeId });
      } else found.set(key, { broker: undefined, code, message });
    }
    return found;
  }

  /** The next question about this key goes to the cluster. */
  forget(type: CoordinatorType, key: string): void {
    this.known.delete(idOf(type, key));
  }
}

function idOf(type: CoordinatorType, key: string): string {
  return `${type} ${key}`;
}
