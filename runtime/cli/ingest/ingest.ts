import { localWorkspace, workspaceStates, Workspaces } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect, type Database } from '../../database/index.ts';
import { type ExitCode, SeedbedError } from '../../errors/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { Interruption } from '../interruption.ts';
import { print } from '../service/print.ts';
import { Destination, type Manner } from './destination.ts';
import { findFiles, rootsOf } from './find-files.ts';
import type { IngestOptions } from './options.ts';
import { type PathFilter, pathFilter } from './path-pattern.ts';
import { IngestProgress } from './progress.ts';
import { recipeStarts } from './recipe-starts.ts';
import { takeIn } from './take-in.ts';
import { Tally } from './tally.ts';
import { summaryText } from './words.ts';

/**
 * `seed ingest PATH...`.
 * @returns 0 all files are in the catalogue; 1 some are not
 * @throws invalid-usage, ingest-path-unusable, workspace-unusable, not-found; canceled, after the summary
 */
export async function ingest(paths: readonly string[], options: IngestOptions): Promise<0 | ExitCode> {
  const manner = mannerOf(options);
  if (options.dataType.includes(''))
    throw new SeedbedError('invalid-usage', {
      problem: '--data-type takes a tag, and was given an empty text',
    });
  const filter = pathFilter(options.include, options.exclude);
  const roots = await rootsOf(paths);
  const config = readConfig();
  const progress = new IngestProgress(process.stderr, options.quiet === true || options.format === 'json');
  const interruption = new Interruption();
  const { signal } = interruption;
  let db: Database | undefined;
  let workspaces: Workspaces | undefined;
  try {
    db = await interruption.unlessStopped(connect(config));
    workspaces = new Workspaces(db, config);
    const workspace = await workspaceOf(db, workspaces, options);
    const destination = await Destination.open(db, workspace, options.to ?? '', manner);
    destination.judge(roots);
    const startRecipe = await recipeStarts(db, config, options);
    const tally = new Tally((problem, kind) => options.format === 'text' && progress.problem(problem, kind));
    progress.begin(tally);
    if (progress.wantsTotal) void countFiles(roots, filter, options.recursive, progress);
    await takeIn(findFiles(roots, filter, options.recursive), {
      ...{ db, destination, startRecipe, tally, signal },
      dataTypes: options.dataType,
      readsFootprints: options.footprint === true,
      isDryRun: options.dryRun === true,
      advanced: () => progress.advanced(),
    });
    progress.close();
    const result = tally.document(destination.workspace.name, options.dryRun === true, signal.aborted);
    await print(options.format, result, () => `${summaryText(result)}\n`);
    if (signal.aborted) throw new SeedbedError('canceled', { signal: String(signal.reason) });
    return result.failed > 0 ? 1 : 0;
  } finally {
    progress.close();
    workspaces?.close();
    await db?.close();
    interruption.end();
  }
}

/** @throws invalid-usage */
function mannerOf({ workspace, to, copy, move }: IngestOptions): Manner {
  if (copy && move)
    throw new SeedbedError('invalid-usage', {
      problem: 'Files are moved or copied: give one of --move and --copy',
    });
  if (workspace === undefined && (copy || move || to !== undefined))
    throw new SeedbedError('invalid-usage', {
      problem: 'Without --workspace files stay where they are: --to, --copy and --move are for a workspace',
    });
  return copy ? 'copy' : move ? 'move' : 'link';
}

/** @throws not-found; workspace-unusable where it takes no new files */
async function workspaceOf(
  db: Database,
  workspaces: Workspaces,
  { workspace: name }: IngestOptions,
): Promise<Workspace> {
  if (name === undefined) return localWorkspace(db);
  const workspace = await workspaces.byName(name);
  if (!workspace) throw new SeedbedError('not-found', { what: `workspace ${name}` });
  if ((await workspaceStates(db)).get(name)?.is_active === false)
    throw new SeedbedError('workspace-unusable', { workspace: name, reason: 'it is no longer active' });
  return workspace;
}

/** For the bar; reads no file. */
async function countFiles(
  roots: Parameters<typeof findFiles>[0],
  filter: PathFilter,
  recursive: boolean,
  progress: IngestProgress,
): Promise<void> {
  const found = findFiles(roots, filter, recursive);
  let files = 0;
  while (!(await found.next()).done) files++;
  progress.total(files);
}
