import {
  managedWorkspaceName,
  localWorkspace,
  type Workspaces,
  workspaceStates,
} from '../../catalog/index.ts';
import type { Place, Places } from '../../completion/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type ExecutionFacts, type HostPaths, judgeHostPath } from '../../jobs/index.ts';
import { isLocal, type LocalWorkspace, type Workspace } from '../../workspace/index.ts';
import { outputPath } from './destination.ts';
import type { DrivenJob } from './request.ts';

export interface PlacesContext {
  readonly db: LastingDatabase;
  /** The managed one. */
  readonly workspace: LocalWorkspace;
  /** All others. */
  readonly workspaces: Workspaces;
  readonly hostPaths: HostPaths;
}

/**
 * Looks up the workspaces that a job's configuration names; the path inside is the same in each. OUTPUT_DIR as a whole
 * goes where its first output goes.
 * @throws workspace-unusable
 */
export async function placesOf(
  context: PlacesContext,
  facts: ExecutionFacts,
  execution: number,
  { inputs, configuration, request }: Pick<DrivenJob, 'inputs' | 'configuration' | 'request'>,
): Promise<Places> {
  if (facts.destination !== null) {
    const workspace = await localWorkspace(context.db);
    return { main: { workspace, directory: workspace.filePath(facts.destination) }, elsewhere: new Map() };
  }
  const outputs = workspacesOfOutputs(configuration, request);
  const first = outputs[0]?.workspace ?? configuration.defaultWorkspace ?? managedWorkspaceName;
  const directory = outputPath(context.db.installation, facts, execution, inputs);
  const places = new Map<string, Place>();
  for (const name of new Set([first, ...outputs.map(({ workspace }) => workspace)]))
    places.set(name, { workspace: await usableWorkspace(context, name), directory });
  const others = outputs.filter(({ workspace }) => workspace !== first);
  return {
    main: places.get(first)!,
    elsewhere: new Map(others.map(({ name, workspace }) => [name, places.get(workspace)!])),
  };
}

function workspacesOfOutputs(
  { workspaces, defaultWorkspace = managedWorkspaceName }: DrivenJob['configuration'],
  { manifest }: Pick<DrivenJob['request'], 'manifest'>,
): { readonly name: string; readonly workspace: string }[] {
  return manifest.job.interface.outputs.files.map(({ name }) => ({
    name,
    workspace: workspaces.get(name) || defaultWorkspace,
  }));
}

/** Where the outputs of an execution go, by name, unless it is the managed workspace for all, or a directory of a user's. */
export function outputWorkspaces(
  { destination }: Pick<ExecutionFacts, 'destination'>,
  { configuration, request }: Pick<DrivenJob, 'configuration' | 'request'>,
): { readonly output_workspaces?: Readonly<Record<string, string>> } {
  const outputs = workspacesOfOutputs(configuration, request);
  if (destination !== null || outputs.every(({ workspace }) => workspace === managedWorkspaceName)) return {};
  return { output_workspaces: Object.fromEntries(outputs.map(({ name, workspace }) => [name, workspace])) };
}

/** Judged once more: since the configuration was accepted, links or the roots may have changed. */
async function usableWorkspace(
  { db, workspace: managed, workspaces, hostPaths }: PlacesContext,
  name: string,
): Promise<Workspace> {
  if (name === managed.name) return managed;
  const unusable = (reason: string) => new SeedbedError('workspace-unusable', { workspace: name, reason });
  const state = (await workspaceStates(db, name)).get(name);
  const workspace = state && (await workspaces.byName(name));
  if (!workspace) throw unusable('there is none of that name that can be reached from here');
  if (!state.is_active) throw unusable('it is no longer active');
  if (workspace.kind === 'host' && isLocal(workspace)) {
    const root = workspace.hostPath('');
    const judged = await judgeHostPath(root, hostPaths);
    if ('problem' in judged) throw unusable(`its directory ${root} ${judged.problem}`);
  }
  return workspace;
}
