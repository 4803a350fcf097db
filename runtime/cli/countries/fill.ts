import { fillCountries } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { write } from '../progress/writer.ts';
import type { CountriesOptions } from './options.ts';

/** `seed countries`. @returns 0 */
export async function fillInCountries({ all = false }: CountriesOptions): Promise<0> {
  const db = await connect(readConfig());
  const isWatched = process.stderr.isTTY;
  try {
    const { looked, changed } = await fillCountries(db, {
      isAll: all,
      onProgress: (count) => {
        if (isWatched) process.stderr.write(`\r${count} files`);
      },
    });
    if (isWatched) process.stderr.write('\r\u001b[K');
    await write(process.stdout, `${looked} files looked at, ${changed} changed\n`);
    return 0;
  } finally {
    await db.close();
  }
}
