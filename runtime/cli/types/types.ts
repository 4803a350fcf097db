import type { Client, JobTypeRow, Page } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { typeCalled } from '../service/find-type.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { table } from '../table.ts';
import { wholeNumber } from '../whole-number.ts';
import type { TypesOptions } from './options.ts';

/** `seed types`: changes what is asked for, and lists. @returns 0 */
export async function types(type: string | undefined, options: TypesOptions): Promise<0> {
  const { pause, resume, format } = options;
  if (options.maxScheduled !== undefined && type === undefined)
    throw new SeedbedError('invalid-usage', { problem: '--max-scheduled is for one type; name it' });
  const limit =
    options.maxScheduled === undefined
      ? undefined
      : wholeNumber('--max-scheduled', options.maxScheduled, { least: 0, most: 2_147_483_647 });
  const client = await openClient();
  if (pause !== undefined) await change(client, pause, { is_paused: true });
  if (resume !== undefined) await change(client, resume, { is_paused: false });
  if (limit !== undefined) await change(client, type!, { max_scheduled: limit === 0 ? null : limit });
  const page = await listed(client, type);
  await print(format, page, () => asText(page));
  return 0;
}

async function change(
  client: Client,
  word: string,
  changes: { readonly is_paused?: boolean; readonly max_scheduled?: number | null },
): Promise<void> {
  const { name, version } = await typeCalled(client, word);
  await client.changeJobType(name, version, changes);
}

async function listed(client: Client, type: string | undefined): Promise<Page<JobTypeRow>> {
  if (type === undefined) return client.jobTypes({ page_size: 1000 });
  return { count: 1, results: [await typeCalled(client, type)] };
}

function asText({ count, results }: Page<JobTypeRow>): string {
  if (results.length === 0) return 'No job type is known; `seed submit IMAGE` makes one.\n';
  const rows = results.map((type) => [
    type.name,
    type.version,
    `${type.revision_num}`,
    state(type),
    `${type.max_scheduled ?? '-'}`,
    type.docker_image,
  ]);
  const more = count > results.length ? `${results.length} of ${count} job types\n` : '';
  return `${table([['TYPE', 'VERSION', 'REVISION', 'STATE', 'AT MOST', 'IMAGE'], ...rows])}${more}`;
}

function state({ is_active, is_paused }: JobTypeRow): string {
  if (!is_active) return 'inactive';
  return is_paused ? 'paused' : 'active';
}
