import type { S3Broker, WorkspacePatch, WorkspacePost } from '../../../seed-schema/index.ts';
import {
  changeWorkspace,
  createWorkspace,
  type Credentials,
  keepWorkspaceCredentials,
  managedWorkspaceName,
  type WorkspaceChange,
  type WorkspaceDetails,
  workspaceStates,
} from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import {
  type JudgedWorkspace,
  judgeWorkspace,
  type WorkspaceReport,
  workspaceReport,
} from '../../jobs/index.ts';
import { S3Workspace } from '../../workspace/index.ts';
import { Refusal } from './refusal.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

/** Whether a workspace may be made; nothing is kept. Whether its bucket answers is looked at, and only warned of. */
export async function judgeNewWorkspace(
  db: Queries,
  context: SubmissionContext,
  wanted: WorkspacePost,
): Promise<JudgedWorkspace> {
  const report = workspaceReport();
  const judged = await judgeNew(db, context, wanted, report);
  const { configuration, credentials } = judged;
  if (configuration?.broker.type === 's3')
    await lookAt(configuration.broker, credentials ?? undefined, report);
  return { ...judged, ...report.document };
}

async function judgeNew(
  db: Queries,
  context: SubmissionContext,
  { name, configuration }: WorkspacePost,
  report: WorkspaceReport,
): Promise<JudgedWorkspace> {
  const states = await workspaceStates(db);
  if (name !== undefined && states.has(name)) nameTaken(name, report);
  return judgeAmong(db, context, configuration, states, report);
}

/** @returns its id @throws Refusal with every problem */
export async function addWorkspace(
  db: Database,
  context: SubmissionContext,
  wanted: WorkspacePost,
  actor: string,
): Promise<number> {
  const { errors, configuration, credentials } = await judgeNew(db, context, wanted, workspaceReport());
  if (!configuration || errors.length > 0) throw new Refusal(errors, 'invalid-workspace');
  const { name, title } = wanted;
  const row = { ...changeOf(wanted), name, title, configuration: { ...configuration } };
  const id = await db.transaction(async (tx) => {
    const made = await createWorkspace(tx, row, actor);
    if (made !== undefined && credentials)
      await keepWorkspaceCredentials(tx, context.config, made, credentials);
    return made;
  });
  if (id !== undefined) return id;
  const report = workspaceReport();
  nameTaken(name!, report);
  throw new Refusal(report.errors, 'invalid-workspace');
}

/**
 * Changes a workspace. Those that Seedbed keeps itself stay where they are, and active.
 * @throws Refusal with every problem
 */
export async function saveWorkspace(
  db: Database,
  context: SubmissionContext,
  workspace: WorkspaceDetails,
  wanted: WorkspacePatch,
): Promise<void> {
  const report = workspaceReport();
  if (isOurs(workspace) && (wanted.configuration !== undefined || wanted.is_active === false))
    report.error(
      'MANAGED_WORKSPACE',
      wanted.configuration === undefined ? 'is_active' : 'configuration',
      `${workspace.name} is kept by Seedbed itself: it stays where it is, and active`,
    );
  let change = changeOf(wanted);
  let credentials: Credentials | null | undefined;
  if (wanted.configuration !== undefined && report.errors.length === 0) {
    const others = await workspaceStates(db);
    others.delete(workspace.name);
    const judged = await judgeAmong(db, context, wanted.configuration, others, report);
    const { configuration } = judged;
    if (configuration) change = { ...change, configuration: { ...configuration } };
    // A directory needs none; those of a bucket stay where nothing is said of them, as in what was read and sent back.
    credentials = configuration?.broker.type === 's3' ? judged.credentials : null;
  }
  if (report.errors.length > 0) throw new Refusal(report.errors, 'invalid-workspace');
  await db.transaction(async (tx) => {
    await changeWorkspace(tx, workspace.id, change);
    if (credentials !== undefined)
      await keepWorkspaceCredentials(tx, context.config, workspace.id, credentials);
  });
}

/** Lists one file of the bucket, with little patience. */
async function lookAt(
  broker: S3Broker,
  credentials: Credentials | undefined,
  report: WorkspaceReport,
): Promise<void> {
  const {
    bucket_name: bucket,
    prefix,
    endpoint_url: endpoint,
    path_style: pathStyle,
    region_name: region,
  } = broker;
  const limits = { attempts: 1, connectMs: 3_000, idleMs: 5_000 };
  const settings = { bucket, prefix, endpoint, pathStyle, region, credentials, limits };
  const workspace = new S3Workspace({ id: 0, name: 'new', ...settings });
  const path = 'configuration.broker.bucket_name';
  try {
    await workspace.look();
  } catch (thrown) {
    const problem = `${path} is ${JSON.stringify(bucket)}, which cannot be listed: ${reasonOf(thrown)}`;
    report.warn('BUCKET_UNREACHABLE', path, problem);
  } finally {
    workspace.close();
  }
}

async function judgeAmong(
  db: Queries,
  context: SubmissionContext,
  configuration: unknown,
  others: Awaited<ReturnType<typeof workspaceStates>>,
  report: WorkspaceReport,
): Promise<JudgedWorkspace> {
  const directories = new Map([...others].map(([name, state]) => [name, state.host_path]));
  return judgeWorkspace(configuration, await surroundingsOf(db, context), directories, report);
}

function changeOf({
  title,
  description,
  base_url: baseUrl,
  is_active: isActive,
}: WorkspacePatch): WorkspaceChange {
  return { title, description, baseUrl, isActive };
}

function isOurs({ name, configuration }: WorkspaceDetails): boolean {
  const { broker } = configuration as { broker?: { host_path?: string } };
  return name === managedWorkspaceName || (name.startsWith('local-') && broker?.host_path === '/');
}

function nameTaken(name: string, report: WorkspaceReport): void {
  report.error(
    'NAME_TAKEN',
    'name',
    `name is ${JSON.stringify(name)}, and there is a workspace of that name`,
  );
}
