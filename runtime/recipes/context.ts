import type { Config } from '../config/index.ts';
import type { Logger } from '../logging/index.ts';
import { Plans } from './plan/plans.ts';

/** What recipes are carried on with, besides the database. */
export interface RecipeContext {
  readonly config: Config;
  /** One for each database: it remembers what it has read. */
  readonly plans: Plans;
  /** Is told of recipes that cannot be carried on. */
  readonly logger?: Logger | undefined;
}

const plansOf = new WeakMap<object, Plans>();

/** @param db the connection, which what was read of it is remembered with */
export function recipeContext(db: object, config: Config, logger?: Logger): RecipeContext {
  const plans = plansOf.get(db) ?? new Plans();
  plansOf.set(db, plans);
  return { config, plans, logger };
}
