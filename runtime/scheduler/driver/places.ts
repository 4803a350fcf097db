import { localWorkspace, managedWorkspaceName, workspaceForOutput } from '../../catalog/index.ts';
import type { Place, Places } from '../../completion/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type ExecutionFacts, type HostPaths, judgeHostPath } from '../../jobs/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { outputPath } from './destination.ts';
import type { DrivenJob } from './request.ts';

export interface PlacesContext {
  readonly db: LastingDatabase;
  /** The managed one. */
  readonly workspace: LocalWorkspace;
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
  if (facts.destination !== null)
    return {
      main: { workspace: await localWorkspace(context.db), destination: facts.destination },
      elsewhere: new Map(),
    };
  const { workspaces, defaultWorkspace = managedWorkspaceName } = configuration;
  const outputs = request.manifest.job.interface.outputs.files.map(({ name }) => ({
    name,
    workspace: workspaces.get(name) || defaultWorkspace,
  }));
  const first = outputs[0]?.workspace ?? defaultWorkspace;
  const within = outputPath(context.db.installation, facts, execution, inputs);
  const places = new Map<string, Place>();
  for (const name of new Set([first, ...outputs.map(({ workspace }) => workspace)])) {
    const workspace = await usableWorkspace(context, name);
    places.set(name, { workspace, destination: workspace.hostPath(within) });
  }
  const others = outputs.filter(({ workspace }) => workspace !== first);
  return {
    main: places.get(first)!,
    elsewhere: new Map(others.map(({ name, workspace }) => [name, places.get(workspace)!])),
  };
}

/** Judged once more: since the configuration was accepted, links or the roots may have changed. */
async function usableWorkspace(
  { db, workspace: managed, hostPaths }: PlacesContext,
  name: string,
): Promise<LocalWorkspace> {
  if (name === managed.name) return managed;
  const workspace = await workspaceForOutput(db, name);
  const root = workspace.hostPath('');
  const judged = await judgeHostPath(root, hostPaths);
  if ('problem' in judged)
    throw new SeedbedError('workspace-unusable', {
      workspace: name,
      reason: `its directory ${root} ${judged.problem}`,
    });
  return workspace;
}
