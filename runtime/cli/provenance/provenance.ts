import { readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { historyOf, provDocument, runEvents } from '../../provenance/index.ts';
import { wholeNumber } from '../files/read-filter.ts';
import { write } from '../progress/writer.ts';
import { fileId } from '../service/job-id.ts';
import { replaceFile } from '../whole-file.ts';
import type { ProvenanceOptions } from './options.ts';

/** `seed provenance ID`. @returns 0 @throws not-found, result-file-unusable */
export async function provenance(text: string, options: ProvenanceOptions): Promise<0> {
  const id = fileId(text);
  const depth = wholeNumber('--depth', options.depth, 100);
  const links = wholeNumber('--limit', options.limit, 10_000);
  const { format, direction, output } = options;
  const db = await connect(readConfig());
  try {
    const history = await historyOf(db, id, { depth, links, direction });
    if (!history) throw new SeedbedError('not-found', { what: `file ${id}` });
    const document = format === 'openlineage' ? runEvents(history) : provDocument(history);
    const printed = `${JSON.stringify(document, null, 2)}\n`;
    if (output === undefined) await write(process.stdout, printed);
    else {
      await replaceFile(output, printed).catch((thrown: unknown) => {
        throw new SeedbedError('result-file-unusable', { path: output, reason: reasonOf(thrown) });
      });
      await write(process.stderr, `the history of file ${id} is in ${output}\n`);
    }
    return 0;
  } finally {
    await db.close();
  }
}
