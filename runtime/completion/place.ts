import { isLocal, type Workspace } from '../workspace/index.ts';

/** A directory of a workspace that products of an execution are put into. */
export interface Place {
  readonly workspace: Workspace;
  /** Inside the workspace. */
  readonly directory: string;
}

/** Where the products of an execution go. */
export interface Places {
  /** Of OUTPUT_DIR as a whole, where that is a directory of this machine; else of products alone, like all others. */
  readonly main: Place;
  /** Of outputs that have a workspace of their own, by their names. */
  readonly elsewhere: ReadonlyMap<string, Place>;
}

/** A place on this machine, absolute; undefined: it is none. */
export function destinationOf({ workspace, directory }: Place): string | undefined {
  return isLocal(workspace) ? workspace.hostPath(directory) : undefined;
}

/** Two workspaces may be one directory: what goes from the one to the other stays where it is. */
export function isSamePlace(one: Place, other: Place): boolean {
  if (one.workspace === other.workspace) return one.directory === other.directory;
  const destination = destinationOf(one);
  return destination !== undefined && destination === destinationOf(other);
}

/** Those that are no directory of this machine: files are given to them one by one. */
export function remotePlaces({ main, elsewhere }: Places): Place[] {
  return [...new Set([main, ...elsewhere.values()])].filter(({ workspace }) => !isLocal(workspace));
}
