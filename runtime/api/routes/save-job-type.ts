import {
  type Finding,
  type JobTypePatch,
  jobTypePostValidator,
  jobTypeToJudgeValidator,
} from '../../../seed-schema/index.ts';
import { changeJobType, jobTypeDetails, type JobTypeDetails } from '../../jobs/index.ts';
import { deprecationWarnings } from '../../recipes/index.ts';
import { judgeJobType, saveJobType } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { Judgement } from '../documents/finding.ts';
import { SavedJobTypeDocument } from '../documents/job-type.ts';
import { type Answer, type Operation, operation } from '../operation.ts';
import { manifestOfImage } from './image-manifest.ts';
import { jobTypeChange } from './job-type-change.ts';
import { typeDocument } from './type-document.ts';

/** `POST job-types/`: a new one, or a change of the one of that name and version. */
export function postJobType(context: Context): Operation {
  const { db } = context;
  return operation({
    summary: 'Register a job type',
    description: 'Or change the one of that name and version.',
    role: 'operator',
    body: jobTypePostValidator,
    answers: { 201: SavedJobTypeDocument },
    handle: async ({ request, body, principal }) => {
      const manifest = body.manifest ?? (await manifestOfImage(context, body.docker_image));
      const { id, warnings, queued } = await saveJobType(
        db,
        context,
        {
          manifest,
          image: body.docker_image,
          configuration: body.configuration,
          change: jobTypeChange(body),
          autoUpdate: body.auto_update,
        },
        principal.actor,
      );
      if (queued > 0) db.notify('queue');
      const type = (await jobTypeDetails(db, id))!;
      const more = await recipeWarnings(context, type, body);
      return {
        status: 201,
        headers: {
          Location: `${request.baseUrl}/job-types/${encodeURIComponent(type.name)}/${encodeURIComponent(type.version)}/`,
        },
        json: { ...(await typeDocument(context, type)), warnings: [...warnings, ...more] },
      };
    },
  });
}

/** `PATCH`. A manifest of another name or version would be another job type, so it is refused. */
export async function changeType(
  context: Context,
  type: JobTypeDetails,
  body: JobTypePatch,
  actor: string,
): Promise<Answer> {
  const { db } = context;
  const job = (body.manifest?.job ?? {}) as { name?: unknown; jobVersion?: unknown };
  if (body.manifest && (job.name !== type.name || job.jobVersion !== type.version))
    return invalid('MISMATCHED_MANIFEST', `The manifest is not one of ${type.name} ${type.version}`);
  // A pause must not fail because of a mount that is gone meanwhile.
  const isSmall = !body.manifest && body.docker_image === undefined && !body.configuration;
  if (isSmall && body.reuse === undefined) {
    await db.transaction((tx) => changeJobType(tx, type.id, jobTypeChange(body), actor));
    db.notify('queue');
    return { json: { is_valid: true, errors: [], warnings: await recipeWarnings(context, type, body) } };
  }
  const { warnings } = await saveJobType(
    db,
    context,
    {
      manifest: body.manifest ?? type.manifest,
      image: body.docker_image ?? type.docker_image,
      configuration: body.configuration,
      change: jobTypeChange(body),
      autoUpdate: body.auto_update,
    },
    actor,
  );
  db.notify('queue');
  const more = await recipeWarnings(context, type, body);
  return { json: { is_valid: true, errors: [], warnings: [...warnings, ...more] } };
}

/** What a change means for recipe types that name the job type. */
async function recipeWarnings({ db }: Context, type: JobTypeDetails, body: JobTypePatch): Promise<Finding[]> {
  if (body.is_active !== false) return [];
  return deprecationWarnings(db, type.id, `${type.name} ${type.version}`);
}

function invalid(name: string, description: string): Answer {
  return {
    status: 400,
    json: {
      detail: `${name}: ${description}`,
      is_valid: false,
      errors: [{ name, description }],
      warnings: [],
    },
  };
}

/** `POST job-types/validation/`: nothing is kept. */
export function validateJobType(context: Context): Operation {
  return operation({
    summary: 'Judge a job type',
    description: 'Nothing is kept.',
    role: 'viewer',
    body: jobTypeToJudgeValidator,
    answers: { 200: Judgement },
    handle: async ({ body }) => {
      const { errors, warnings } = await judgeJobType(
        context.db,
        context,
        body.manifest,
        body.configuration ?? {},
      );
      return { json: { is_valid: errors.length === 0, errors, warnings } };
    },
  });
}
