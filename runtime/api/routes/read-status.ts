import type { Queries } from '../../database/index.ts';
import {
  listJobTypes,
  listNodes,
  nodeExecutions,
  type NodeRow,
  schedulerSettings,
  serviceFacts,
} from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { statusDocument } from '../shapes/status.ts';

const everything = { offset: 0, limit: 1000 };

/** Those that are in use. */
export async function allNodes(db: Queries): Promise<readonly NodeRow[]> {
  return (await listNodes(db, {}, [], everything)).rows;
}

/** Scale's `status/`. */
export async function readStatus({ db }: Context): Promise<Record<string, unknown>> {
  const [settings, facts, nodes, executions, types] = await Promise.all([
    schedulerSettings(db),
    serviceFacts(db),
    allNodes(db),
    nodeExecutions(db),
    listJobTypes(db, { isActive: true }, everything),
  ]);
  const { where, installation } = db;
  return statusDocument({ settings, facts, nodes, executions, types: types.rows, where, installation });
}
