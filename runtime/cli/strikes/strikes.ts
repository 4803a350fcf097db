import type { Client, Page, StrikeDetails, StrikeRow } from '../../client/index.ts';
import { judgementText, printJudgement } from '../ingests/findings.ts';
import { named, progressText } from '../ingests/named.ts';
import { readIngestFile } from '../ingests/read-file.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';
import type { StrikesOptions } from './options.ts';

/** `seed strikes`: does what is asked for, then lists all, or shows the one that it was about. @returns 2: refused */
export async function strikes(name: string | undefined, options: StrikesOptions): Promise<0 | 2> {
  const { create, check, start, stop, format } = options;
  const file = check ?? create;
  const wanted = file === undefined ? undefined : await readIngestFile(file);
  const client = await openClient();
  if (check !== undefined) return printJudgement(format, await client.judgeStrike(wanted!));
  if (wanted) {
    process.stderr.write(judgementText({ ...(await client.judgeStrike(wanted)), errors: [] }));
    return show(await client.addStrike(wanted), format);
  }
  const changed = start ?? stop;
  if (changed !== undefined) {
    const { id } = await find(client, changed);
    await client.changeStrike(id, { is_active: start !== undefined });
  }
  const shown = name ?? changed;
  if (shown !== undefined) return show(await client.strike((await find(client, shown)).id), format);
  const page = await client.strikes({ page_size: 1000, order: 'name' });
  await print(format, page, () => asText(page));
  return 0;
}

const find = (client: Client, name: string) => named('strike', name, (query) => client.strikes(query));

async function show(strike: StrikeDetails, format: StrikesOptions['format']): Promise<0> {
  await print(format, strike, () => detailsText(strike));
  return 0;
}

function asText({ results }: Page<StrikeRow>): string {
  if (results.length === 0) return 'There are no strikes; `seed strikes --create FILE` makes one.\n';
  const rows = results.map((strike) => [
    strike.name,
    strike.status,
    moment(strike.seen),
    strike.problem ?? '',
    strike.title ?? '',
  ]);
  return table([['STRIKE', 'STATUS', 'LAST LOOK', 'PROBLEM', 'TITLE'], ...rows]);
}

function detailsText({ name, status, seen, problem, progress, configuration }: StrikeDetails): string {
  const rows = [
    ['strike', name],
    ['status', status],
    ['last look', moment(seen)],
    ...(problem === null ? [] : [['problem', problem]]),
    ['files', progressText(progress)],
  ];
  return `${table(rows)}${JSON.stringify(configuration, null, 2)}\n`;
}
