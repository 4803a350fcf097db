import type { ManifestDocument } from '../../seed-schema/index.ts';
import type { ErrorMapping, Interface, Manifest, ScalarResource } from './manifest.ts';
import { resourceName } from './names.ts';

type JobDocument = ManifestDocument['job'];

/** A valid manifest with the defaults of the standard filled in, and resources by their standard names. */
export function withDefaults({ seedVersion, job }: ManifestDocument): Manifest {
  const { name, jobVersion, packageVersion, title, description, maintainer, timeout } = job;
  return {
    seedVersion,
    job: {
      name,
      jobVersion,
      packageVersion,
      title,
      description,
      tags: job.tags ?? [],
      maintainer,
      timeout,
      interface: interfaceOf(job.interface ?? {}),
      resources: { scalar: (job.resources?.scalar ?? []).map(resourceOf) },
      errors: errorsOf(job.errors ?? []),
    },
  };
}

function interfaceOf(document: NonNullable<JobDocument['interface']>): Interface {
  const { command, inputs = {}, outputs = {}, mounts = [], settings = [] } = document;
  return {
    ...(command === undefined ? {} : { command }),
    inputs: {
      files: (inputs.files ?? []).map((file) => ({
        required: true,
        mediaTypes: [],
        multiple: false,
        partial: false,
        ...file,
      })),
      json: (inputs.json ?? []).map((json) => ({ required: true, ...json })),
    },
    outputs: {
      files: (outputs.files ?? []).map((file) => ({ multiple: false, required: true, ...file })),
      json: (outputs.json ?? []).map((json) => ({ key: json.name, required: true, ...json })),
    },
    mounts: mounts.map((mount) => ({ mode: 'ro', ...mount })),
    settings: settings.map((setting) => ({ secret: false, ...setting })),
  };
}

function resourceOf(resource: NonNullable<JobDocument['resources']>['scalar'][number]): ScalarResource {
  return { inputMultiplier: 0, ...resource, name: resourceName(resource.name) };
}

/** Of errors with the same exit code the last one counts, as in Scale. */
function errorsOf(errors: NonNullable<JobDocument['errors']>): ErrorMapping[] {
  const byCode = new Map(errors.map((error) => [error.code, error]));
  return [...byCode.values()].map((error) => ({ category: 'job', ...error }));
}
