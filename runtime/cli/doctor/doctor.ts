import type { DoctorDocument } from '../../../seed-schema/index.ts';
import { write } from '../progress/writer.ts';
import { examine } from './examine.ts';
import type { DoctorOptions } from './options.ts';
import { asText } from './report.ts';

/** `seed doctor`. @returns 0 when nothing would stop a job, else 1 */
export async function doctor({ format }: DoctorOptions): Promise<0 | 1> {
  const checks = await examine(process.env);
  const document: DoctorDocument = { is_well: checks.every(({ status }) => status !== 'failure'), checks };
  await write(
    process.stdout,
    format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(document),
  );
  const exit = document.is_well ? 0 : 1;
  // Who did not answer in time is not waited for.
  setTimeout(() => process.exit(exit), 200).unref();
  return exit;
}
