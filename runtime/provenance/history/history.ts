/** A file of a history, as the catalogue has it. Times are UTC text. */
export interface HistoryFile {
  readonly id: number;
  /** UUID of this very row. */
  readonly versionId: string;
  readonly workspace: string;
  /** Inside the workspace. */
  readonly path: string;
  readonly name: string;
  /** Public address; null where its workspace has none. */
  readonly url: string | null;
  readonly mediaType: string;
  readonly fileType: 'SOURCE' | 'PRODUCT';
  /** Bytes. */
  readonly size: number;
  readonly sha256: string | null;
  readonly created: string;
  /** When its content was given up; null: it is there. */
  readonly deleted: string | null;
  readonly superseded: string | null;
  /** Which execution made it; null: none of this installation. */
  readonly executionId: number | null;
  /** Of the execution: the name of the output. */
  readonly output: string | null;
}

/** What made files. */
export interface HistoryExecution {
  readonly id: number;
  readonly jobId: number;
  readonly number: number;
  readonly started: string;
  readonly ended: string | null;
  readonly runtime: string;
  readonly node: string;
  /** Reference of the image, and its id where the engine told it. */
  readonly image: string;
  readonly imageId: string | null;
  readonly jobType: { readonly name: string; readonly version: string; readonly revision: number };
  readonly submitter: string | null;
  readonly recipe: HistoryRecipe | null;
  /** JSON inputs by name. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Secrets are masked. */
  readonly settings: Readonly<Record<string, string>>;
  /** Identity of all that decided what it made; null: none was reckoned. */
  readonly outputId: string | null;
  /** Jobs that took its files over instead of a run of their own. */
  readonly reusedBy: readonly number[];
}

/** The recipe that an execution was a part of. */
export interface HistoryRecipe {
  readonly id: number;
  readonly type: string;
  readonly revision: number;
  readonly node: string | null;
}

/** That a file was made of another one. */
export interface HistoryLink {
  readonly ancestorId: number;
  readonly descendantId: number;
  /** Inputs of the execution that the ancestor was given as; none where that is not known. */
  readonly inputs: readonly string[];
}

/** Where a file comes from, and perhaps what came of it; everything in order of its number. */
export interface History {
  /** UUID. */
  readonly installation: string;
  readonly fileId: number;
  readonly files: readonly HistoryFile[];
  readonly executions: readonly HistoryExecution[];
  readonly links: readonly HistoryLink[];
  /** There is more in that direction: it was cut. */
  readonly cut: { readonly ancestors: boolean; readonly descendants: boolean };
}
