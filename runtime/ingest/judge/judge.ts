import {
  type IngestRecipe,
  type IngestRule,
  isObject,
  Report,
  type ScanConfiguration,
  scanConfigurationValidator,
  type StrikeConfiguration,
  strikeConfigurationValidator,
  type ValidationDocument,
  type Validator,
} from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { knownRecipe, type KnownWorkspace, knownWorkspaces, watchersOf } from './facts.ts';
import type { IngestReport } from './findings.ts';
import { judgeRules, judgeWorkspace } from './judge-rules.ts';
import { type Sound, soundMembers } from './sound-members.ts';
import { recipeInput } from './recipe-input.ts';

/** What was found; with the configuration where it has the right shape. */
export type Judged<Configuration> = ValidationDocument & { readonly configuration?: Configuration };

/** What each monitor and scanner can look at. */
const brokersOf: Readonly<Record<string, readonly string[]>> = {
  'dir-watcher': ['host', 'nfs'],
  dir: ['host', 'nfs'],
  s3: ['s3'],
};

/** Judges the `configuration` of a strike; everything is found at once. @param id of the strike that is changed */
export async function judgeStrike(
  db: Queries,
  document: unknown,
  id?: number,
  report: IngestReport = new Report(),
): Promise<Judged<StrikeConfiguration>> {
  const { configuration, sound } = shaped(strikeConfigurationValidator, document, report);
  if (!sound) return report.document;
  const watched = await judgeCommon(db, sound, report);
  if (watched && sound.monitor?.type !== undefined)
    judgeKind('INVALID_MONITOR', 'monitor', sound.monitor.type, watched, report);
  const others = watched ? await watchersOf(db, watched.name, id) : [];
  if (watched && others.length > 0)
    report.warn(
      'SHARED_WORKSPACE',
      'configuration.workspace',
      `configuration.workspace is ${watched.name}, which ${others.join(', ')} watches too: each file is taken by one of them`,
    );
  return { ...report.document, ...(configuration && { configuration }) };
}

/** Judges the `configuration` of a scan; everything is found at once. */
export async function judgeScan(
  db: Queries,
  document: unknown,
  report: IngestReport = new Report(),
): Promise<Judged<ScanConfiguration>> {
  const { configuration, sound } = shaped(scanConfigurationValidator, spelt(document), report);
  if (!sound) return report.document;
  const { scanner } = sound;
  const scanned = await judgeCommon(db, sound, report);
  if (scanned && scanner?.type !== undefined)
    judgeKind('INVALID_SCANNER', 'scanner', scanner.type, scanned, report);
  if (scanner?.type === 's3' && scanner.transfer_suffix !== undefined)
    report.warn(
      'IGNORED_TRANSFER_SUFFIX',
      'configuration.scanner.transfer_suffix',
      'configuration.scanner.transfer_suffix means nothing in a bucket, which holds whole objects only',
    );
  return { ...report.document, ...(configuration && { configuration }) };
}

/** Scale's web client sends `resursive` where its form says recursive. */
function spelt(document: unknown): unknown {
  if (!isObject(document) || !Object.hasOwn(document, 'resursive')) return document;
  const { resursive: recursive, ...rest } = document;
  return { recursive, ...rest };
}

/** The whole, if its shape is right; and what of it can be judged anyway, so that nothing wrong hides behind something else. */
function shaped<T>(
  validator: Validator<T>,
  document: unknown,
  report: IngestReport,
): { readonly configuration?: T; readonly sound: Sound<T> | undefined } {
  const where = 'configuration';
  const problems = validator.problems(document);
  for (const { path, description } of problems)
    report.error('INVALID_CONFIGURATION', path && `${where}.${path}`, `${where}: ${description}`);
  const sound = soundMembers<T>(document, problems);
  return problems.length > 0 ? { sound } : { configuration: document as T, sound };
}

interface Common {
  readonly workspace: string;
  readonly files_to_ingest: readonly IngestRule[];
  readonly recipe?: IngestRecipe;
}

/** @returns the workspace that files are taken from; undefined: it cannot be that */
async function judgeCommon(
  db: Queries,
  { workspace, files_to_ingest: rules = [], recipe }: Sound<Common>,
  report: IngestReport,
): Promise<KnownWorkspace | undefined> {
  const others = rules.map((rule) => rule?.new_workspace);
  const named = [workspace, ...others].filter((name) => name !== undefined);
  const workspaces = await knownWorkspaces(db, named);
  const where = 'configuration.workspace';
  const source = workspace === undefined ? undefined : judgeWorkspace(workspace, where, workspaces, report);
  if (source?.is_managed)
    report.error(
      'MANAGED_WORKSPACE',
      where,
      `${where} is ${workspace}, which Seedbed keeps itself; make a workspace of the directory where files arrive`,
    );
  judgeRules(rules, workspaces, report);
  if (recipe) await judgeRecipe(db, recipe, report);
  return source;
}

function judgeKind(
  name: 'INVALID_MONITOR' | 'INVALID_SCANNER',
  member: 'monitor' | 'scanner',
  type: string,
  { name: workspace, broker }: KnownWorkspace,
  report: IngestReport,
): void {
  const brokers = brokersOf[type] ?? [];
  if (brokers.includes(broker)) return;
  const where = `configuration.${member}.type`;
  report.error(
    name,
    where,
    `${where} is ${type}, which is for workspaces of the kind ${brokers.join(' or ')}, and ${workspace} is of the kind ${broker}`,
  );
}

async function judgeRecipe(db: Queries, recipe: Sound<IngestRecipe>, report: IngestReport): Promise<void> {
  const where = 'configuration.recipe';
  const { name, revision_num: revision } = recipe;
  if (name === undefined) return;
  const known = await knownRecipe(db, { ...recipe, name });
  if (!known) {
    const of = revision === undefined ? '' : ` with the revision ${revision}`;
    report.error('RECIPE_TYPE_DOES_NOT_EXIST', where, `${where}: there is no recipe type ${name}${of}`);
    return;
  }
  if (!known.isActive)
    report.error('DEPRECATED_RECIPE_TYPE', where, `${where}: the recipe type ${name} is no longer active`);
  // Which revision is meant, or which input, is not known where that has a wrong shape.
  if (Object.values(recipe).some((member) => member === undefined)) return;
  const taken = recipeInput(known.input, recipe.input);
  if ('problem' in taken)
    report.error('INVALID_RECIPE_INPUT', where, `${where}: the recipe type ${name} ${taken.problem}`);
}
