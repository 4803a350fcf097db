/**
 * Where files live. Paths inside a workspace are relative, `/`-separated, and never leave it.
 * The kinds of a workspace differ only behind this interface.
 */
export interface Workspace {
  /** `workspace.id`. */
  readonly id: number;
  readonly name: string;
  /** Beginning of the public URLs of its files; null: they have none. */
  readonly baseUrl: string | null;

  /** The absolute host path of a file, where an engine on this machine can mount it. */
  hostPath(filePath: string): string;

  /** The path inside this workspace of an absolute host path. */
  filePath(hostPath: string): string;

  /** Moves files or directories that stand anywhere on this machine to `directory`; renames where one disk allows it. */
  take(sources: readonly string[], directory: string): Promise<void>;
}
