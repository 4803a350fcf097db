import { write } from '../progress/writer.ts';
import { version } from '../version.ts';

/** `seed version`. @returns 0 */
export async function printVersion(): Promise<0> {
  await write(process.stdout, `Seedbed ${version}\nSupported Seed schema versions: 1.0.0\n`);
  return 0;
}
