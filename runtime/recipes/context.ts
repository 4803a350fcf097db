import type { Config } from '../config/index.ts';
import type { Plans } from './plan/plans.ts';

/** What recipes are carried on with, besides the database. */
export interface RecipeContext {
  readonly config: Config;
  /** One for each database: it remembers what it has read. */
  readonly plans: Plans;
}
