import { lineageOf } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { wholeNumber } from '../files/read-filter.ts';
import { write } from '../progress/writer.ts';
import { fileId } from '../service/job-id.ts';
import { asDot } from './dot.ts';
import type { LineageOptions } from './options.ts';
import { asTree } from './tree.ts';

/** `seed lineage ID`. @returns 0 @throws not-found */
export async function showLineage(text: string, options: LineageOptions): Promise<0> {
  const id = fileId(text);
  const depth = wholeNumber('--depth', options.depth, 100);
  const links = wholeNumber('--limit', options.limit, 10_000);
  const db = await connect(readConfig());
  try {
    const lineage = await lineageOf(db, id, { depth, links, direction: options.direction });
    if (!lineage) throw new SeedbedError('not-found', { what: `file ${id}` });
    const shown = {
      json: () => `${JSON.stringify(lineage, null, 2)}\n`,
      dot: () => asDot(lineage),
      tree: () => asTree(lineage, id),
    };
    await write(process.stdout, shown[options.format]());
    return 0;
  } finally {
    await db.close();
  }
}
