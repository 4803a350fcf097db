import { DefinedRecipeTypeDocument } from './defined-recipe-type.ts';
import { Finding } from './finding.ts';
import { anyObject, boolean, id, nullable, string, time, Type } from './schema.ts';

const known = {
  id,
  name: string,
  version: string,
  title: nullable(string),
  description: nullable(string),
  icon_code: nullable(Type.String({ description: 'Of Font Awesome, for user interfaces.' })),
  is_active: boolean,
  is_paused: boolean,
  is_published: boolean,
  is_system: boolean,
  unmet_resources: nullable(
    Type.String({
      description:
        'Of what the first of its queued jobs lacks, e.g. `cpus,mem`: in lists of jobs, of the queue and of job types, as it was at most a second ago; elsewhere null. What a job waits for stands in its `waiting_for`.',
    }),
  ),
};

/** A job type inside another document. */
export const JobTypeBaseDocument = Type.Object(known, { $id: 'JobTypeBase' });

const listed = {
  ...known,
  max_scheduled: nullable(Type.Integer({ minimum: 1, description: 'Jobs that may run at once.' })),
  reuse: Type.Boolean({
    description: 'Whether its jobs take what an earlier execution of the same identity made.',
  }),
  max_tries: Type.Integer({ minimum: 1 }),
  revision_num: Type.Integer({ minimum: 1 }),
  docker_image: string,
  created: time,
  deprecated: nullable(time),
  paused: nullable(time),
  last_modified: time,
};

/** What can be run. */
export const JobTypeDocument = Type.Object(listed, { $id: 'JobType' });

const standing = {
  ...listed,
  manifest: Type.Object({}, { description: 'The Seed manifest, as its author wrote it.' }),
  configuration: Type.Object({}, { description: 'How its jobs run; the values of secrets are masked.' }),
};

/** What can be run, where its jobs are counted. */
export const StandingJobTypeDocument = Type.Object(standing, { $id: 'StandingJobType' });

const detailed = {
  ...standing,
  recipe_types: Type.Array(DefinedRecipeTypeDocument, { description: 'Those that name it.' }),
};

/** What can be run, with its manifest and configuration. */
export const JobTypeDetailsDocument = Type.Object(detailed, { $id: 'JobTypeDetails' });

/** A job type that was registered or changed. */
export const SavedJobTypeDocument = Type.Object(
  { ...detailed, warnings: Type.Array(Finding) },
  { $id: 'SavedJobType' },
);

/** A name with its versions. */
export const JobTypeNameDocument = Type.Object(
  {
    name: string,
    title: nullable(string),
    description: nullable(string),
    icon_code: nullable(string),
    is_published: boolean,
    versions: Type.Array(string, { description: 'In the order in which they were made.' }),
    latest_version: Type.String({ description: 'The one that was made last.' }),
  },
  { $id: 'JobTypeName' },
);

const revision = {
  id,
  job_type: JobTypeBaseDocument,
  revision_num: Type.Integer({ minimum: 1 }),
  docker_image: string,
  created: time,
};

/** A manifest that a job type has or had. */
export const RevisionDocument = Type.Object(revision, { $id: 'Revision' });

export const RevisionDetailsDocument = Type.Object(
  { ...revision, manifest: anyObject },
  { $id: 'RevisionDetails' },
);
