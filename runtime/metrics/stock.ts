import type { Queries } from '../database/index.ts';
import { type Depth, listNodes, type NodeRow, queueDepth, type Waiting, waitingJobs } from '../jobs/index.ts';

/** What there is at a moment, as the database tells. */
export interface Stock {
  readonly depth: readonly Depth[];
  readonly waiting: Waiting;
  readonly nodes: readonly NodeRow[];
}

export const emptyStock: Stock = { depth: [], waiting: new Map(), nodes: [] };

/** Series are kept for ever in Prometheus: nodes beyond these are left out. */
const mostNodes = 200;

export async function readStock(db: Queries): Promise<Stock> {
  const depth = await queueDepth(db);
  const waiting = await waitingJobs(db, depth);
  const nodes = await listNodes(db, {}, [], { limit: mostNodes, offset: 0 });
  return { depth, waiting, nodes: nodes.rows };
}
