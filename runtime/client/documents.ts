import type { RecipeDefinition } from '../../seed-schema/recipe/definition.ts';
import type { RecipeCounters } from '../../seed-schema/recipe/graph-document.ts';
import type { Document } from './operations.ts';

/** What the service answers, as far as the commands look at it. Times are ISO 8601 in UTC. */

export interface Page<Row> {
  /** Of all pages. */
  readonly count: number;
  readonly results: readonly Row[];
}

export type JobStatus = 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING' | 'FAILED' | 'COMPLETED' | 'CANCELED';

export const jobStatuses: readonly JobStatus[] = [
  'PENDING',
  'BLOCKED',
  'QUEUED',
  'RUNNING',
  'FAILED',
  'COMPLETED',
  'CANCELED',
];

export interface Finding {
  readonly name: string;
  readonly description: string;
}

/** Why a job waits; the most decisive reason comes first. */
export interface WaitReason {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

export interface WhyDocument {
  readonly job_id: number;
  readonly status: JobStatus;
  readonly waiting_for: readonly WaitReason[];
}

export type ForeseenDocument = Document<'Foreseen'>;
export type ExplanationDocument = Document<'Explanation'>;

export interface ErrorDocument {
  /** The number of its code: 2004 of SB2004. */
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  /** SYSTEM, DATA or ALGORITHM. */
  readonly category: string;
  /** false: the manifest of a job type declares it. */
  readonly is_builtin: boolean;
}

export interface NodeName {
  readonly id: number;
  readonly name: string;
  readonly hostname: string;
}

export interface TypeName {
  readonly id: number;
  readonly name: string;
  readonly version: string;
}

export interface JobRow {
  readonly id: number;
  readonly job_type: TypeName;
  readonly status: JobStatus;
  readonly node: NodeName | null;
  readonly error: ErrorDocument | null;
  readonly priority: number;
  readonly num_exes: number;
  /** That it is of. */
  readonly recipe?: { readonly id: number } | null;
  readonly recipe_node?: string | null;
  readonly max_tries: number;
  readonly resources: { readonly resources: Readonly<Record<string, number>> };
  readonly created: string;
  readonly queued: string | null;
  readonly started: string | null;
  readonly ended: string | null;
}

export interface RecipeRow extends RecipeCounters {
  readonly id: number;
  readonly recipe_type: { readonly id: number; readonly name: string; readonly title: string | null };
  readonly recipe_type_rev: { readonly revision_num: number };
  /** That it is a part of. */
  readonly recipe: { readonly id: number } | null;
  readonly is_superseded: boolean;
  readonly is_completed: boolean;
  readonly created: string;
  readonly completed: string | null;
}

export interface ReprocessPlan {
  /** The one that is superseded. */
  readonly recipe: { readonly id: number };
  readonly recipe_type: { readonly id: number; readonly name: string };
  readonly revision_num: number;
  readonly nodes: readonly PlannedNode[];
  /** Of a dry run: what its jobs would run, and what they would reuse. */
  readonly foreseen?: ForeseenDocument['nodes'];
}

export interface ReprocessedRecipe extends ReprocessPlan {
  /** Of the new one. */
  readonly id: number;
}

export interface PlannedNode {
  readonly name: string;
  readonly action: 'CARRIED_OVER' | 'RUN' | 'DELETED';
  readonly reason: string;
  /** Of a sub-recipe that is re-processed node by node. */
  readonly nodes?: readonly PlannedNode[];
}

export interface ExecutionRow {
  readonly id: number;
  readonly exe_num: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  readonly node: NodeName | null;
  readonly error: ErrorDocument | null;
  readonly queued: string;
  readonly started: string;
  readonly ended: string | null;
}

export interface JobExecution extends ExecutionRow {
  readonly job: { readonly id: number };
  /** MiB at most, and seconds of one core; services of before have none. */
  readonly used?: { readonly mem: number; readonly cpu_seconds: number } | null;
}

export interface ExecutionDetails extends ExecutionRow {
  readonly exit_code: number | null;
  /** Milliseconds. */
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
  /** Services of before have none. */
  readonly warnings?: readonly Finding[];
}

export interface FilesAndJson {
  /** Ids by name. */
  readonly files?: Readonly<Record<string, readonly number[]>>;
  readonly json?: Readonly<Record<string, unknown>>;
}

export interface JobDetails extends JobRow {
  readonly job_type_rev: { readonly docker_image: string; readonly revision_num: number };
  readonly input: FilesAndJson;
  readonly output: FilesAndJson | null;
  /** The last one. */
  readonly execution: ExecutionDetails | null;
  /** Whose output it has in place of its own. */
  readonly reused_from: {
    readonly job: { readonly id: number } | null;
    readonly job_exe: { readonly id: number };
  } | null;
  readonly waiting_for: readonly WaitReason[];
}

export interface AcceptedJob extends JobDetails {
  readonly warnings: readonly Finding[];
}

export interface JobTypeRow extends TypeName {
  readonly title: string | null;
  readonly is_active: boolean;
  readonly is_paused: boolean;
  readonly max_scheduled: number | null;
  readonly revision_num: number;
  readonly docker_image: string;
}

export interface JobTypeDetails extends JobTypeRow {
  /** As its author wrote it. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Values of secrets are masked. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface SavedJobType extends JobTypeDetails {
  readonly warnings: readonly Finding[];
}

interface RecipeTypeName {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly revision_num: number;
  readonly is_active: boolean;
}

export interface RecipeTypeRow extends RecipeTypeName {
  readonly job_types: readonly { readonly name: string; readonly version: string }[];
  /** Names. */
  readonly sub_recipe_types: readonly string[];
}

export interface DefinedRecipeType extends RecipeTypeName {
  readonly definition: RecipeDefinition;
}

export interface SavedRecipeType extends DefinedRecipeType {
  readonly warnings: readonly LocatedFinding[];
}

export interface RecipeTypeRevision {
  readonly recipe_type: DefinedRecipeType;
  readonly revision_num: number;
  readonly definition: RecipeDefinition;
}

export interface RecipeDetails extends RecipeRow {
  readonly input: FilesAndJson;
}

export interface AcceptedRecipe extends RecipeDetails {
  readonly warnings: readonly Finding[];
}

export interface LocatedFinding extends Finding {
  /** Where in the document. */
  readonly path?: string;
}

export interface RecipeTypeJudgement {
  readonly is_valid: boolean;
  readonly errors: readonly LocatedFinding[];
  readonly warnings: readonly LocatedFinding[];
  /** Empty where there is none to compare it with. */
  readonly diff: {
    /** Why recipes of the revision before cannot be re-processed. */
    readonly reasons?: readonly Finding[];
    readonly nodes?: Readonly<
      Record<string, { readonly status: string; readonly changes: readonly Finding[] }>
    >;
  };
}

export interface ResourceSum {
  readonly total: number;
  /** Promised to jobs that run. */
  readonly running: number;
  readonly free: number;
}

export interface NodeRow {
  readonly id: number;
  readonly name: string;
  readonly hostname: string;
  readonly state: { readonly name: string; readonly title: string; readonly description: string };
  readonly is_paused: boolean;
  readonly engine: string;
  readonly engine_version: string;
  /** Jobs that it may run at once, and those that it runs. */
  readonly slots: number;
  readonly running: number;
  readonly resources: Readonly<Record<string, ResourceSum>>;
  readonly problems: readonly {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
  }[];
}

/** A row of the catalogue. */
export interface FileRow {
  readonly id: number;
  readonly file_name: string;
  readonly file_size: number;
  readonly media_type: string;
  readonly file_path: string;
  /** Well-known text. */
  readonly geometry: string | null;
  readonly data_started: string | null;
  readonly data_ended: string | null;
  readonly job?: { readonly id: number } | null;
  readonly recipe?: { readonly id: number } | null;
  readonly recipe_node?: string | null;
}

/** A file, asked for by itself. */
export interface FileDetails extends FileRow {
  readonly meta_data: Readonly<Record<string, unknown>>;
}

export interface ServiceUser {
  readonly id: number;
  readonly username: string;
  readonly role: Role;
  readonly is_active: boolean;
  readonly has_password: boolean;
  readonly last_login: string | null;
}

export type Role = 'viewer' | 'operator' | 'admin';

export interface TokenDocument {
  readonly id: number;
  readonly name: string;
  readonly user_id: number;
  readonly username: string;
  readonly role: Role;
  readonly expires: string | null;
  readonly last_used: string | null;
  readonly revoked: string | null;
}

export interface NewToken extends TokenDocument {
  /** Shown this once. */
  readonly token: string;
}

/** What workspaces keep for how long. */
export interface RetentionRule {
  readonly id: number;
  readonly workspace: { readonly id: number; readonly name: string };
  readonly data_type: string | null;
  readonly keep_days: number | null;
  readonly keep_superseded: boolean;
  readonly description: string | null;
  readonly is_active: boolean;
}

interface RetainedPart {
  readonly files: number;
  readonly bytes: number;
  readonly examples: readonly {
    readonly id: number;
    readonly workspace: string;
    readonly file_path: string;
    readonly file_size: number;
    readonly reason: string;
  }[];
}

/** What a pass over the catalogue would remove now. */
export interface RetentionPlan {
  readonly goes: RetainedPart;
  readonly kept: RetainedPart & {
    readonly reasons: Readonly<Record<'hold' | 'job' | 'recipe' | 'batch', number>>;
  };
}

/** What a purge removes. */
export interface PurgeReport {
  readonly files: number;
  readonly contents: number;
  readonly bytes: number;
  readonly jobs: number;
  readonly executions: number;
  readonly recipes: number;
  readonly jobs_canceled: number;
  readonly kept: { readonly sources: number; readonly jobs: number; readonly contents: number };
  readonly examples: readonly {
    readonly id: number;
    readonly file_type: string;
    readonly workspace: string;
    readonly file_path: string;
    readonly file_size: number;
  }[];
}

export interface PurgeDocument {
  readonly id: number;
  readonly phase: string;
  readonly problem: string | null;
  readonly report: PurgeReport | null;
  readonly ended: string | null;
}
