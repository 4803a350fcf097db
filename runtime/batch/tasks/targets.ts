import type { TaskPost } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { type JobTypeDetails, jobTypesById } from '../../jobs/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import { type Plan, recipeContext } from '../../recipes/index.ts';
import {
  type ConfigurationFindings,
  jobConfigurationJudge,
  recipeConfigurationJudge,
  type SubmissionContext,
} from '../../scheduler/index.ts';
import type { BatchOfTasks } from './batches.ts';

/** What a task runs. */
export type Target = RecipeTarget | JobTarget;

interface Common {
  /** For messages. */
  readonly words: string;
  readonly isActive: boolean;
  /** Judges a configuration; each is judged once. */
  readonly judge: (configuration: Readonly<Record<string, unknown>>) => Promise<ConfigurationFindings>;
}

export interface RecipeTarget extends Common {
  readonly kind: 'recipe';
  readonly plan: Plan;
}

export interface JobTarget extends Common {
  readonly kind: 'job';
  /** With the manifest and the id of the revision that is run. */
  readonly type: JobTypeDetails;
  readonly manifest: Manifest;
}

/** What the tasks of one request run, each read once. */
export class Targets {
  readonly #db: Queries;
  readonly #context: SubmissionContext;
  readonly #connection: object;
  readonly #known = new Map<string, Promise<Target | undefined>>();

  /** @param connection with which plans of recipes are remembered */
  constructor(db: Queries, context: SubmissionContext, connection: object) {
    this.#db = db;
    this.#context = context;
    this.#connection = connection;
  }

  ofBatch(batch: BatchOfTasks): Promise<Target> {
    const { recipeTypeRevisionId: recipe, jobTypeRevisionId: job } = batch;
    const target = recipe === null ? this.#job('r.id = $1', [job]) : this.#recipe('r.id = $1', [recipe]);
    return target as Promise<Target>;
  }

  /** @returns undefined when there is no such type or revision */
  named({ recipe_type: recipe, job_type: job }: TaskPost): Promise<Target | undefined> {
    if (job)
      return this.#job(
        't.project_id = 1 and t.name = $1 and t.version = $2 and r.revision_num = t.revision_num',
        [job.name, job.version],
      );
    return this.#recipe(
      't.project_id = 1 and t.name = $1 and r.revision_num = coalesce($2::integer, t.revision_num)',
      [recipe?.name, recipe?.revision_num ?? null],
    );
  }

  #recipe(condition: string, values: readonly unknown[]): Promise<Target | undefined> {
    return this.#once(`recipe ${condition} ${JSON.stringify(values)}`, async () => {
      const [row] = await this.#db.query<{ id: number; name: string; num: number; active: boolean }>(
        `select r.id, t.name, r.revision_num as num, t.is_active as active
         from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id where ${condition}`,
        values,
      );
      if (!row) return undefined;
      const { plans } = recipeContext(this.#connection, this.#context.config);
      const plan = await plans.of(this.#db, row.id);
      const judge = await recipeConfigurationJudge(this.#db, this.#context, plan);
      const words = `recipe type ${row.name}, revision ${row.num}`;
      return { kind: 'recipe', plan, words, isActive: row.active, judge: judgedOnce(judge) };
    });
  }

  #job(condition: string, values: readonly unknown[]): Promise<Target | undefined> {
    return this.#once(`job ${condition} ${JSON.stringify(values)}`, async () => {
      const [row] = await this.#db.query<{ id: number; type: number; manifest: Record<string, unknown> }>(
        `select r.id, t.id as type, r.manifest
         from job_type t join job_type_revision r on r.job_type_id = t.id where ${condition}`,
        values,
      );
      if (!row) return undefined;
      const [newest] = await jobTypesById(this.#db, [row.type]);
      const type = { ...newest!, revision_id: row.id, manifest: row.manifest };
      const words = `job type ${type.name} ${type.version}`;
      const { manifest } = loadManifest(JSON.stringify(row.manifest), words);
      const judge = await jobConfigurationJudge(this.#db, this.#context, type, manifest);
      return { kind: 'job', type, manifest, words, isActive: type.is_active, judge: judgedOnce(judge) };
    });
  }

  #once(key: string, read: () => Promise<Target | undefined>): Promise<Target | undefined> {
    const known = this.#known.get(key) ?? read();
    this.#known.set(key, known);
    return known;
  }
}

function judgedOnce(
  judge: (configuration: unknown) => Promise<ConfigurationFindings>,
): (configuration: Readonly<Record<string, unknown>>) => Promise<ConfigurationFindings> {
  const known = new Map<string, Promise<ConfigurationFindings>>();
  return (configuration) => {
    const key = JSON.stringify(configuration);
    const judged = known.get(key) ?? judge(configuration);
    known.set(key, judged);
    return judged;
  };
}
