import path from 'node:path';
import { Workspaces } from '../../catalog/index.ts';
import { type Config, readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { createLogger } from '../../logging/index.ts';
import { createLogStore } from '../../logs/index.ts';
import {
  beforeAllOf,
  collectGarbage,
  type Collection,
  type Garbage,
  garbageKinds,
} from '../../provenance/index.ts';
import { bytes } from '../format.ts';
import { write } from '../progress/writer.ts';
import { oneLine, table } from '../table.ts';
import type { GcOptions } from './options.ts';

/** `seed gc`. @returns 0 */
export async function gc({ dryRun = false, format }: GcOptions): Promise<0> {
  const config = readConfig();
  const db = await connect(config);
  const workspaces = new Workspaces(db, config);
  try {
    const listed: Garbage[] = [];
    const tell = async (garbage: Garbage) => {
      if (format === 'json') listed.push(garbage);
      else await write(process.stdout, line(garbage, dryRun));
    };
    const world = {
      ...{ db, config, open: (id: number) => workspaces.byId(id), logs: logsOf(config, db.installation) },
      ...{ logger: createLogger(config.logLevel), before: await beforeAllOf(db) },
    };
    const collected = await collectGarbage(world, { dryRun, tell });
    const document = { dry_run: dryRun, collected, items: listed };
    await write(
      process.stdout,
      format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(collected, dryRun),
    );
    return 0;
  } finally {
    workspaces.close();
    await db.close();
  }
}

function logsOf({ home, logs }: Config, installation: string) {
  return createLogStore({ directory: path.join(home, 'logs', installation), ...logs });
}

function line({ kind, name, bytes: size, reason }: Garbage, dryRun: boolean): string {
  return `${dryRun ? 'would remove' : 'removed'} ${kind}  ${oneLine(name)}  ${bytes(size)}  (${oneLine(reason)})\n`;
}

function asText(collected: Collection, dryRun: boolean): string {
  const rows = garbageKinds.map((kind) => [kind, `${collected[kind].count}`, bytes(collected[kind].bytes)]);
  const total = Object.values(collected).reduce((sum, one) => sum + one.bytes, 0);
  return `${table([[dryRun ? 'WOULD GO' : 'GONE', 'NUMBER', 'SIZE'], ...rows])}${bytes(total)} in all\n`;
}
