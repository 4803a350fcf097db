import type { SearchArea } from './area.ts';
import type { MetaCondition } from './meta-data.ts';
import type { Word } from './name-words.ts';

/** A filter that cannot be understood; the message says what it should be, to follow the name of the option. */
export class FilterProblem extends Error {
  override readonly name = 'FilterProblem';
}

/** Which files are looked for; every member given must hold. Times are ISO 8601 with an offset. Of several values, one must. */
export interface FileFilter {
  /** The span of the data overlaps [from, to]. */
  readonly dataFrom?: string | undefined;
  readonly dataTo?: string | undefined;
  /** The bounding box of the data touches each of them; of one with a geometry, the data themselves do. */
  readonly areas?: readonly SearchArea[] | undefined;
  /** The name contains this text, or matches it where it has `*` or `?`. Case does not matter. */
  readonly name?: string | undefined;
  /** The name has all of them. */
  readonly words?: readonly Word[] | undefined;
  /** All of them hold. */
  readonly metaData?: readonly MetaCondition[] | undefined;
  /** Of the content, 64 hexadecimal digits. */
  readonly sha256?: readonly string[] | undefined;
  /** Also files that another version took the place of. */
  readonly superseded?: boolean | undefined;
  /** Also files that were deleted. */
  readonly deleted?: boolean | undefined;

  readonly dataStarted?: string | undefined;
  readonly dataEnded?: string | undefined;
  readonly sourceStarted?: string | undefined;
  readonly sourceEnded?: string | undefined;
  readonly modifiedStarted?: string | undefined;
  readonly modifiedEnded?: string | undefined;
  readonly createdStarted?: string | undefined;
  readonly createdEnded?: string | undefined;
  readonly sensorClasses?: readonly string[] | undefined;
  readonly sensors?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly jobOutputs?: readonly string[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly jobIds?: readonly number[] | undefined;
  readonly recipeIds?: readonly number[] | undefined;
  readonly recipeNodes?: readonly string[] | undefined;
  readonly recipeTypeIds?: readonly number[] | undefined;
  readonly recipeTypeNames?: readonly string[] | undefined;
  readonly batchIds?: readonly number[] | undefined;
  /** Identities of the executions that made them; what is none finds none. */
  readonly outputIds?: readonly string[] | undefined;
  readonly fileNames?: readonly string[] | undefined;
  readonly fileTypes?: readonly string[] | undefined;
  readonly mediaTypes?: readonly string[] | undefined;
  /** Tags. */
  readonly dataTypes?: readonly string[] | undefined;
  /** ISO 3166 codes. */
  readonly countries?: readonly string[] | undefined;
  readonly workspaces?: readonly string[] | undefined;
}
