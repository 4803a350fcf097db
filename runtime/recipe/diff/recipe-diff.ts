import type {
  ConditionNodeType,
  Dependency,
  JobNodeType,
  RecipeNodeType,
} from '../../../seed-schema/index.ts';

/** What differs between two revisions of a recipe type; the shape in which Scale answers it (`recipe_type_diff`). */
export interface RecipeDiff {
  /** Whether recipes of the revision before can be re-processed as the revision after. */
  readonly can_be_reprocessed: boolean;
  /** Why they cannot. */
  readonly reasons: readonly Change[];
  /** By name; those of the revision after in topological order, then those that are deleted. */
  readonly nodes: Readonly<Record<string, NodeDiff>>;
}

export interface NodeDiff {
  readonly status: DiffStatus;
  /** Of a node that is CHANGED. */
  readonly changes: readonly Change[];
  /** Whether it runs again when a recipe of the revision before is re-processed. */
  readonly reprocess_new_node: boolean;
  /** Whether that was asked for, of it or of a node that it depends on. */
  readonly force_reprocess: boolean;
  readonly dependencies: readonly Dependency[];
  readonly node_type: JobTypeDiff | RecipeTypeDiff | ConditionNodeType;
  /** `job`, `recipe` or `condition`, where that was another before. */
  readonly prev_node_type?: string;
}

export type DiffStatus = 'NEW' | 'CHANGED' | 'UNCHANGED' | 'DELETED';

/** `prev_` members stand where the one before was another. */
export interface JobTypeDiff extends JobNodeType {
  readonly prev_job_type_name?: string;
  readonly prev_job_type_version?: string;
  readonly prev_job_type_revision?: number;
}

export interface RecipeTypeDiff extends RecipeNodeType {
  readonly prev_recipe_type_name?: string;
  readonly prev_recipe_type_revision?: number;
}

/** Scale's names (recipe/diff/node.py), and those of members that only our definitions have. */
export type ChangeName =
  | 'NODE_TYPE_CHANGE'
  | 'JOB_TYPE_CHANGE'
  | 'JOB_TYPE_VERSION_CHANGE'
  | 'JOB_TYPE_REVISION_CHANGE'
  | 'RECIPE_TYPE_CHANGE'
  | 'RECIPE_TYPE_REVISION_CHANGE'
  | 'FILTER_CHANGE'
  | 'INTERFACE_CHANGE'
  | 'FOR_EACH_CHANGE'
  | 'CONFIGURATION_CHANGE'
  | 'INPUT_NEW'
  | 'INPUT_CHANGE'
  | 'INPUT_REMOVED'
  | 'PARENT_NEW'
  | 'PARENT_REMOVED'
  | 'PARENT_CHANGED'
  | 'PARENT_ACCEPTANCE_CHANGED'
  | 'UNKNOWN_NODE';

export interface Change {
  readonly name: ChangeName;
  /** In words. */
  readonly description: string;
}
