/**
 * A recipe definition as the rest of the program reads it: every member there, defaults filled in. What authors write is
 * judged and brought to this form by `judgeDefinition` (runtime/recipe). Scale's versions "6" and "7"
 * (recipe/definition/json/definition_v6.py), with `output`, `forEach` and `configuration` added.
 */
export interface RecipeDefinition {
  readonly version: '6' | '7';
  readonly input: DataInterface;
  /** What a recipe gives to the recipe that it is a part of, by name. */
  readonly output: Readonly<Record<string, NodeOutput>>;
  readonly nodes: Readonly<Record<string, DefinedNode>>;
}

/** Files and JSON values that something takes. */
export interface DataInterface {
  readonly files: readonly FileParameter[];
  readonly json: readonly JsonParameter[];
}

export interface FileParameter {
  readonly name: string;
  /** Empty: any. */
  readonly media_types: readonly string[];
  readonly required: boolean;
  readonly multiple: boolean;
}

export type JsonParameterType = 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';

export interface JsonParameter {
  readonly name: string;
  readonly type: JsonParameterType;
  readonly required: boolean;
}

/** An output of a node. */
export interface NodeOutput {
  readonly node: string;
  readonly output: string;
}

export interface DefinedNode {
  readonly dependencies: readonly Dependency[];
  /** By the name of the node's input. A connection to a node makes it a dependency, whether it is listed or not. */
  readonly input: Readonly<Record<string, Connection>>;
  readonly node_type: JobNodeType | RecipeNodeType | ConditionNodeType;
  /** Run once for each element of an input. */
  readonly forEach?: ForEach;
  /** What this node's jobs have otherwise than their job type says; of job nodes. */
  readonly configuration?: NodeConfiguration;
}

export interface Dependency {
  readonly name: string;
  /** Of a condition: whether it must accept (default) or reject. Says nothing of other nodes. */
  readonly acceptance: boolean;
}

export type Connection =
  | { readonly type: 'recipe'; readonly input: string }
  | { readonly type: 'dependency'; readonly node: string; readonly output: string };

export interface JobNodeType {
  readonly node_type: 'job';
  readonly job_type_name: string;
  readonly job_type_version: string;
  readonly job_type_revision: number;
}

export interface RecipeNodeType {
  readonly node_type: 'recipe';
  readonly recipe_type_name: string;
  readonly recipe_type_revision: number;
}

export interface ConditionNodeType {
  readonly node_type: 'condition';
  /** What it takes, and passes on unchanged. */
  readonly interface: DataInterface;
  readonly data_filter: DataFilter;
}

/** One run for each file of a `multiple` input, or each element of a JSON array; outputs are joined in that order. */
export interface ForEach {
  /** Of the node. */
  readonly input: string;
  /** Runs at once at most; undefined: all. */
  readonly concurrency?: number;
  /** How many runs must succeed for the node to succeed: all of them, at least one, or this share (0 to 1). */
  readonly require: 'all' | 'any' | number;
}

export interface NodeConfiguration {
  readonly priority?: number;
  readonly max_tries?: number;
  /** Seconds; lower than the manifest's only. */
  readonly timeout?: number;
  /** By name, in the manifest's units (MiB). */
  readonly resources?: Readonly<Record<string, number>>;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface DataFilter {
  readonly filters: readonly Filter[];
  /** Whether every filter must pass, or one is enough. */
  readonly all: boolean;
}

/** Types and operators as Scale's (data/filter/filter.py). */
export interface Filter {
  /** Of the parameter that is looked at. */
  readonly name: string;
  readonly type: FilterType;
  readonly condition: FilterOperator;
  readonly values: readonly unknown[];
  /** Paths into an object or a file's meta-data; `values[i]` is a list of values for `fields[i]`. */
  readonly fields: readonly (readonly (string | number)[])[];
  readonly all_fields: boolean;
  readonly all_files: boolean;
}

export type FilterType =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'object'
  | 'string'
  | 'filename'
  | 'media-type'
  | 'data-type'
  | 'meta-data';

export type FilterOperator =
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | 'between'
  | 'in'
  | 'not in'
  | 'contains'
  | 'subset of'
  | 'superset of';

/** What a recipe, or a node of it, is given or gives: Scale's shape. */
export interface RecipeData {
  readonly version: '7';
  /** `scale_file.id`s by name. */
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Which nodes run again although nothing about them has changed. */
export interface ForcedNodes {
  readonly all: boolean;
  readonly nodes?: readonly string[];
  readonly sub_recipes?: Readonly<Record<string, ForcedNodes>>;
}
