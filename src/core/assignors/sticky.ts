import type { Assignor } from './assignor.js';
import { balance } from './balance.js';

/** Even counts, and partitions stay where they were; members give everything up first (eager), so the whole plan holds at once. */
export const sticky: Assignor = { name: 'sticky', isCooperative: false, assign: balance };
