import { writeFile } from 'node:fs/promises';
import { SeedbedError } from '../../errors/index.ts';
import { write } from '../progress/writer.ts';
import { recipeId } from '../service/job-id.ts';
import { openClient } from '../service/open-client.ts';
import { gather } from './gather.ts';
import type { ReportOptions } from './options.ts';
import { reportPage } from './page/page.ts';

/** `seed report ID`. @returns 0 */
export async function report(text: string, { out }: ReportOptions): Promise<0> {
  const id = recipeId(text);
  const page = reportPage(await gather(await openClient(), id));
  if (out === '-') {
    await write(process.stdout, page);
    return 0;
  }
  const file = out ?? `recipe-${id}.html`;
  await writeFile(file, page).catch((error: NodeJS.ErrnoException) => {
    throw new SeedbedError('invalid-usage', {
      problem: `${file} cannot be written: ${error.code ?? error.message}`,
    });
  });
  await write(process.stdout, `${file}\n`);
  return 0;
}
