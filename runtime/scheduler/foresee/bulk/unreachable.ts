import type { InputFile, Workspaces } from '../../../catalog/index.ts';

/** Remembers which workspaces cannot be reached from here, and says why, as `storedJob` does. */
export function workspaceLook(
  workspaces: Workspaces,
): (files: Iterable<Pick<InputFile, 'workspaceId'>>) => Promise<ReadonlyMap<number, string>> {
  const looked = new Set<number>();
  const unreachable = new Map<number, string>();
  return async (files) => {
    for (const { workspaceId } of files) {
      if (looked.has(workspaceId)) continue;
      looked.add(workspaceId);
      if (!(await workspaces.byId(workspaceId)))
        unreachable.set(workspaceId, 'its workspace cannot be reached from this machine');
    }
    return unreachable;
  };
}
