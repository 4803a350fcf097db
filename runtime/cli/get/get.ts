import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { knownToken } from '../../auth/index.ts';
import { type Config, readConfig } from '../../config/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { mapInParallel } from '../../workspace/index.ts';
import { readFilter } from '../files/read-filter.ts';
import { bytes } from '../format.ts';
import { Interruption } from '../interruption.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { counted } from '../service/words.ts';
import { wholeNumber } from '../whole-number.ts';
import { fetchFile, type GotFile } from './fetch-files.ts';
import { uniqueNames } from './names.ts';
import type { GetOptions } from './options.ts';
import { GetProgress } from './progress.ts';
import { serviceSource } from './service-source.ts';
import type { FileSource } from './source.ts';

/** Options that are no filters. */
const others = new Set(['outDir', 'all', 'limit', 'parallel', 'force', 'link', 'local', 'format', 'quiet']);

/**
 * `seed get [ID...] -o DIR`.
 * @returns 0 every file is there; 1 some are not
 * @throws invalid-usage, not-found, service-unreachable and database-unreachable; canceled
 */
export async function get(given: readonly string[], options: GetOptions): Promise<0 | 1> {
  const ids = given.map((text) => wholeNumber('ID', text));
  const filter = await readFilter(options);
  const parallel = wholeNumber('--parallel', options.parallel, { most: 32 });
  const limit = options.limit === undefined ? Infinity : wholeNumber('--limit', options.limit);
  const isFiltered = Object.entries(options).some(
    ([name, value]) => !others.has(name) && value !== undefined && value !== false,
  );
  if (ids.length > 0 && (isFiltered || options.all))
    throw refuse('Name files by their ids, or by filters, not both');
  if (ids.length === 0 && !isFiltered && !options.all)
    throw refuse('Say which files: their ids, filters such as --name, or --all');
  if (options.outDir === '') throw refuse('--out-dir takes a directory, and was given an empty name');
  const directory = path.resolve(options.outDir);
  const progress = new GetProgress(process.stderr, options.quiet === true || options.format === 'json');
  const interruption = new Interruption();
  const { signal } = interruption;
  let source: FileSource | undefined;
  try {
    source = await openSource(readConfig(), options, filter);
    const files = await source.list([...new Set(ids)], limit);
    await mkdir(directory, { recursive: true }).catch((thrown: unknown) => {
      throw refuse(`--out-dir ${options.outDir} cannot be used: ${reasonOf(thrown)}`);
    });
    const names = uniqueNames(files);
    progress.begin(files);
    const from = source;
    const got = await mapInParallel(files, parallel, async (file) => {
      if (signal.aborted) throw new SeedbedError('canceled', { signal: String(signal.reason) });
      const one = await fetchFile(from, file, names.get(file.id)!, {
        ...{ directory, signal, force: options.force === true },
        onBytes: (count) => progress.received(count),
      });
      progress.done(one);
      return one;
    });
    progress.close();
    await print(options.format, { from: from.where, directory, files: got }, () => summary(got, directory));
    return got.some(({ status }) => status === 'failed') ? 1 : 0;
  } finally {
    progress.close();
    await source?.close();
    interruption.end();
  }
}

/** A service where one is named or answers, else the catalogue of this machine. */
async function openSource(
  config: Config,
  options: GetOptions,
  filter: Awaited<ReturnType<typeof readFilter>>,
): Promise<FileSource> {
  const isNamed = config.service.isNamed;
  if (!options.local && !options.link && (isNamed || (await knownToken(config)) !== undefined)) {
    const client = await openClient(config);
    try {
      await client.installation();
      return serviceSource(client, options);
    } catch (thrown) {
      const isAbsent = thrown instanceof SeedbedError && thrown.error === 'service-unreachable';
      if (isNamed || !isAbsent) throw thrown;
    }
  }
  const { localSource } = await import('./local-source.ts');
  return localSource(config, filter, options.link === true);
}

function summary(got: readonly GotFile[], directory: string): string {
  const of = (status: GotFile['status']) => got.filter((one) => one.status === status);
  const fetched = of('fetched');
  const size = bytes(fetched.reduce((sum, { file_size: one }) => sum + one, 0));
  if (got.length === 0) return 'No file matches.\n';
  const parts = [`${counted(fetched.length, 'file')} fetched (${size})`];
  if (of('known').length > 0) parts.push(`${of('known').length} there already`);
  if (of('failed').length > 0) parts.push(`${of('failed').length} failed`);
  return `${parts.join(', ')}: ${directory}\n`;
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-usage', { problem });
}
