import {
  jobTypePatchValidator,
  jobTypePostValidator,
  jobTypeToJudgeValidator,
} from '../../../seed-schema/index.ts';
import {
  changeJobType,
  jobTypeDetails,
  type JobTypeDetails,
  listJobTypeNames,
  listJobTypes,
  listRevisions,
  revisionOf,
} from '../../jobs/index.ts';
import { judgeJobType, saveJobType } from '../../scheduler/index.ts';
import { secretNames } from '../../secrets/index.ts';
import { actor } from '../actor.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { readJson } from '../request/body.ts';
import { found, idOf, missing, textOf } from '../request/ids.ts';
import { Query } from '../request/query.ts';
import type { Answer, Handler, Route } from '../route.ts';
import { jobTypeDetailsDocument, jobTypeDocument, revisionDocument } from '../shapes/job-type.ts';
import { manifestOfImage } from './image-manifest.ts';
import { jobTypeChange } from './job-type-change.ts';

/** What can be run: `job-types/`, `job-type-names/`. */
export function jobTypeRoutes(context: Context): Route[] {
  const { db } = context;
  const typeOf = async (request: Parameters<Handler>[0]): Promise<JobTypeDetails> => {
    const key = { name: textOf(request, 'name'), version: textOf(request, 'version') };
    return found(await jobTypeDetails(db, key), 'job type', `${key.name} ${key.version}`);
  };
  return [
    { path: '/job-type-names', methods: { GET: names(context) } },
    { path: '/job-types', methods: { GET: list(context), POST: post(context) } },
    { path: '/job-types/validation', methods: { POST: validate(context) } },
    { path: '/job-types/:name', methods: { GET: versions(context) } },
    {
      path: '/job-types/:name/:version',
      methods: {
        GET: async (request) => ({ json: await details(context, await typeOf(request)) }),
        PATCH: async (request) => change(context, await typeOf(request), request),
      },
    },
    {
      path: '/job-types/:name/:version/revisions',
      methods: {
        GET: async (request) => {
          const query = new Query(request.url);
          const type = await typeOf(request);
          const page = await listRevisions(db, type.id, query.page());
          return pageAnswer(request, query, page, (row) => revisionDocument(type, row, false));
        },
      },
    },
    {
      path: '/job-types/:name/:version/revisions/:revision',
      methods: {
        GET: async (request) => {
          const type = await typeOf(request);
          const revision = idOf(request, 'revision', 'revision');
          const row = found(await revisionOf(db, type.id, revision), 'revision', revision);
          return { json: revisionDocument(type, row, true) };
        },
      },
    },
  ];
}

function names({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const page = await listJobTypeNames(db, filterOf(query), query.page());
    return pageAnswer(request, query, page, (row) => row);
  };
}

function list({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    return pageAnswer(request, query, await listJobTypes(db, filterOf(query), query.page()), jobTypeDocument);
  };
}

function versions({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const name = textOf(request, 'name');
    const page = await listJobTypes(db, { name, isActive: query.flag('is_active') }, query.page());
    if (page.count === 0 && (await listJobTypes(db, { name }, { offset: 0, limit: 1 })).count === 0)
      throw missing('job type', name);
    return pageAnswer(request, query, page, jobTypeDocument);
  };
}

function filterOf(query: Query) {
  return {
    keywords: query.texts('keyword'),
    ids: query.numbers('id'),
    isActive: query.flag('is_active'),
    isSystem: query.flag('is_system'),
  };
}

function post(context: Context): Handler {
  const { db, mostBytes } = context;
  return async (request) => {
    const body = await readJson(request, mostBytes, jobTypePostValidator);
    const manifest = body.manifest ?? (await manifestOfImage(context, body.docker_image));
    const { id, warnings, queued } = await saveJobType(
      db,
      context,
      {
        manifest,
        image: body.docker_image,
        configuration: body.configuration,
        change: jobTypeChange(body),
      },
      actor,
    );
    if (queued > 0) db.notify('queue');
    const type = (await jobTypeDetails(db, id))!;
    return {
      status: 201,
      headers: {
        Location: `${request.baseUrl}/job-types/${encodeURIComponent(type.name)}/${encodeURIComponent(type.version)}/`,
      },
      json: { ...(await details(context, type)), warnings },
    };
  };
}

/** A manifest of another name or version would be another job type, so it is refused. */
async function change(
  context: Context,
  type: JobTypeDetails,
  request: Parameters<Handler>[0],
): Promise<Answer> {
  const { db, mostBytes } = context;
  const body = await readJson(request, mostBytes, jobTypePatchValidator);
  const job = (body.manifest?.job ?? {}) as { name?: unknown; jobVersion?: unknown };
  if (body.manifest && (job.name !== type.name || job.jobVersion !== type.version))
    return invalid('MISMATCHED_MANIFEST', `The manifest is not one of ${type.name} ${type.version}`);
  // A pause must not fail because of a mount that is gone meanwhile.
  if (!body.manifest && body.docker_image === undefined && !body.configuration) {
    await db.transaction((tx) => changeJobType(tx, type.id, jobTypeChange(body), actor));
    db.notify('queue');
    return { json: { is_valid: true, errors: [], warnings: [] } };
  }
  const { warnings } = await saveJobType(
    db,
    context,
    {
      manifest: body.manifest ?? type.manifest,
      image: body.docker_image ?? type.docker_image,
      configuration: body.configuration,
      change: jobTypeChange(body),
    },
    actor,
  );
  db.notify('queue');
  return { json: { is_valid: true, errors: [], warnings } };
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

function validate(context: Context): Handler {
  return async (request) => {
    const body = await readJson(request, context.mostBytes, jobTypeToJudgeValidator);
    const { errors, warnings } = await judgeJobType(
      context.db,
      context,
      body.manifest,
      body.configuration ?? {},
    );
    return { json: { is_valid: errors.length === 0, errors, warnings } };
  };
}

async function details({ db }: Context, type: JobTypeDetails): Promise<Record<string, unknown>> {
  return jobTypeDetailsDocument(type, await secretNames(db, { kind: 'job_type', id: type.id }));
}
