import { readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { Interruption } from '../interruption.ts';
import { openClient } from '../service/open-client.ts';
import { expectOpen } from './expect-open.ts';
import { declaredOf, findBatch, keptProject } from './find-batch.ts';
import { atOnce, judgeAll, judged, say, sendAll } from './intake.ts';
import type { AddOptions } from './options.ts';
import { Report, sumOf } from './report.ts';
import { openSources, type Source } from './sources/sources.ts';

/**
 * `seed batch add BATCH`.
 * @returns 0 every task is there; 1 one is not
 * @throws what is wrong with the command line or a source; canceled; what the service refuses
 */
export async function addToBatch(word: string, options: AddOptions): Promise<0 | 1> {
  const { source: sources = [], glob: globs = [], input } = options;
  if (sources.length === 0)
    throw new SeedbedError('invalid-usage', {
      problem: 'Say what the tasks come from: --csv, --json, --dir or --s3',
    });
  if (!sources.some(({ kind }) => kind === 'dir' || kind === 's3')) {
    const [useless] = [...(globs.length > 0 ? ['--glob'] : []), ...(input === undefined ? [] : ['--input'])];
    if (useless)
      throw new SeedbedError('invalid-usage', {
        problem: `${useless} belongs to --dir or --s3, and neither is given`,
      });
  }
  atOnce(options);
  const config = readConfig();
  const interruption = new Interruption();
  const report = new Report(options);
  let source: Source | undefined;
  try {
    const client = await openClient(config);
    const batch = await findBatch(client, word);
    const declared = await declaredOf(client, batch);
    source = await interruption.unlessStopped(openSources(sources, { declared, config, globs, input }));
    const name = batch.name ?? `${batch.id}`;
    const { type } = declared;
    const project = keptProject(batch) ?? ('job_type' in type ? type.job_type.name : type.recipe_type.name);
    const generated = options.generateUniqueId ? { project: () => project, batch: name } : undefined;
    const intake = {
      source,
      options,
      interruption,
      judgement: { declared, limits: config.limits, generated },
    };
    await expectOpen(client, batch, judged(intake));
    const to = { client, batchOf: () => batch.id };
    const all = await judgeAll(intake, to, report);
    if (options.dryRun) {
      say(`${sumOf(report.counts)}; nothing was sent`);
      return all.refused > 0 ? 1 : 0;
    }
    const again = `The batch ${name} is ${batch.state}; give the command again to go on: tasks with a unique_id are there once.`;
    return await sendAll(intake, all, { ...to, again }, report);
  } finally {
    report.close();
    await source?.close();
    interruption.end();
  }
}
