import type { JobTypeDetails } from '../../jobs/index.ts';
import { recipeTypesWith } from '../../recipes/index.ts';
import { secretNames } from '../../secrets/index.ts';
import type { Context } from '../context.ts';
import { jobTypeDetailsDocument } from '../shapes/job-type.ts';

/** A job type with all its details; secrets are masked. */
export async function typeDocument({ db }: Context, type: JobTypeDetails): Promise<Record<string, unknown>> {
  const [names, recipeTypes] = await Promise.all([
    secretNames(db, { kind: 'job_type', id: type.id }),
    recipeTypesWith(db, type.id),
  ]);
  return jobTypeDetailsDocument(type, names, recipeTypes);
}
