import { managedWorkspaceName, workspaceStates } from '../../catalog/index.ts';
import type { Config } from '../../config/index.ts';
import type { Queries } from '../../database/index.ts';
import { hostPathsOf, type Surroundings } from '../../jobs/index.ts';

/** What submissions are judged by, besides the database. */
export interface SubmissionContext {
  readonly config: Config;
  /** Of the engines on this machine: no job may ever see one. */
  readonly engineSockets: readonly string[];
}

/** What configurations are judged against, as it is now. */
export async function surroundingsOf(
  db: Queries,
  { config, engineSockets }: SubmissionContext,
): Promise<Surroundings> {
  return {
    ...hostPathsOf(config, engineSockets),
    workspaces: await workspaceStates(db),
    defaultWorkspace: managedWorkspaceName,
  };
}
