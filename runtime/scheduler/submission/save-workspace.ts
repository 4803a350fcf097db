import type {
  ValidationDocument,
  WorkspaceConfiguration,
  WorkspacePatch,
  WorkspacePost,
} from '../../../seed-schema/index.ts';
import {
  changeWorkspace,
  createWorkspace,
  managedWorkspaceName,
  type WorkspaceChange,
  type WorkspaceDetails,
  workspaceStates,
} from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { judgeWorkspace, type WorkspaceReport, workspaceReport } from '../../jobs/index.ts';
import { Refusal } from './refusal.ts';
import { type SubmissionContext, surroundingsOf } from './surroundings.ts';

type Judged = ValidationDocument & { readonly configuration?: WorkspaceConfiguration };

/** Whether a workspace may be made; nothing is kept. */
export async function judgeNewWorkspace(
  db: Queries,
  context: SubmissionContext,
  { name, configuration }: WorkspacePost,
): Promise<Judged> {
  const report = workspaceReport();
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
  const { errors, configuration } = await judgeNewWorkspace(db, context, wanted);
  if (!configuration || errors.length > 0) throw new Refusal(errors, 'invalid-workspace');
  const { name, title } = wanted;
  const row = { ...changeOf(wanted), name, title, configuration: { ...configuration } };
  const id = await createWorkspace(db, row, actor);
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
  if (wanted.configuration !== undefined && report.errors.length === 0) {
    const others = await workspaceStates(db);
    others.delete(workspace.name);
    const { configuration } = await judgeAmong(db, context, wanted.configuration, others, report);
    if (configuration) change = { ...change, configuration: { ...configuration } };
  }
  if (report.errors.length > 0) throw new Refusal(report.errors, 'invalid-workspace');
  await changeWorkspace(db, workspace.id, change);
}

async function judgeAmong(
  db: Queries,
  context: SubmissionContext,
  configuration: unknown,
  others: Awaited<ReturnType<typeof workspaceStates>>,
  report: WorkspaceReport,
): Promise<Judged> {
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
