import type { Configuration } from '../../../../seed-schema/index.ts';
import { SeedbedError, toSeedbedError } from '../../../errors/index.ts';
import { allocate, requirement } from '../../../execution/index.ts';
import { effectiveConfiguration, prepareMounts, resolveSettings } from '../../../jobs/index.ts';
import { identitiesOfJobs, type OwnIdentityRequest, type JobIdentity } from '../../../provenance/index.ts';
import { mayReuse, type ReuseDecision } from '../../driver/may-reuse.ts';
import type { ForeseeContext } from '../foresee.ts';
import type { JobKind } from './job-kind.ts';

/** Jobs of one revision and one configuration, of which all that they have in common is worked out. */
export interface JobTemplate {
  readonly kind: JobKind;
  /** What would become of all of them, whatever they are given; undefined: that depends on it. */
  readonly fate?: { readonly action: 'RUN' | 'UNKNOWN'; readonly reason: string };
  readonly reuse: ReuseDecision;
  /** Whether they run whatever was done before. */
  readonly isForced: boolean;
  /** @throws not-canonical-json */
  readonly identityOf: (own: Omit<OwnIdentityRequest, 'resources'>, inputBytes: number) => JobIdentity;
  /** Why there can be no job with so many bytes of input. */
  readonly problemOf: (inputBytes: number) => string | undefined;
}

/** Of a configuration: split already, so that no secret is in it. */
export interface OwnConfiguration {
  readonly configuration: Configuration;
  readonly secrets: ReadonlyMap<string, string>;
  /** Whether the jobs are those of a recipe. */
  readonly isOfRecipe: boolean;
  /** Whether their node is forced to run. */
  readonly isForced?: boolean;
}

/** Amounts of resources that are remembered. */
const mostSizes = 10_000;

export async function jobTemplate(
  context: ForeseeContext & { readonly installation: string },
  kind: JobKind,
  { configuration, secrets, isOfRecipe, isForced = false }: OwnConfiguration,
): Promise<JobTemplate> {
  const { manifest } = kind;
  const values = new Map([...kind.secrets, ...secrets]);
  const { settings, mounts, missing } = resolveSettings(manifest, kind.configuration, configuration, values);
  const resources = resourcesBySize(context, kind, configuration);
  const prepared = await prepareMounts(mounts, context.hostPaths, {
    installation: context.installation,
    jobTypeId: kind.jobTypeId,
  }).catch((thrown: unknown) => toSeedbedError(thrown));
  const isPrepared = !(prepared instanceof SeedbedError);
  const { staged, volumes } = isPrepared ? prepared : { staged: [], volumes: [] };
  const identity = identitiesOfJobs({
    image: kind.image ?? '',
    ...{ manifest, settings, key: context.secretKey.key, mounts: staged, volumes },
  });
  const fate = (): JobTemplate['fate'] => {
    const [first] = missing;
    if (first) return { action: 'UNKNOWN', reason: `It waits for the ${first.kind} ${first.name}` };
    if (kind.image === undefined)
      return { action: 'RUN', reason: 'No job with its image has completed before' };
    if (!isPrepared) return { action: 'RUN', reason: cannotBeTold(prepared.message) };
    return undefined;
  };
  const decided = fate();
  return {
    kind,
    isForced,
    ...(decided && { fate: decided }),
    reuse: mayReuse(
      {
        reuse: { job: configuration.reuse ?? null, type: kind.reuse },
        recipeId: isOfRecipe ? 0 : null,
      },
      { mounts: staged, volumes },
    ),
    problemOf: (bytes) => resources(bytes).problem,
    identityOf: (own, bytes) => identity({ ...own, resources: resources(bytes).amounts }),
  };
}

export function cannotBeTold(problem: string): string {
  return `Its input cannot be told: ${problem.replace(/\.$/, '')}`;
}

interface SizedResources {
  readonly amounts: Readonly<Record<string, number>>;
  readonly problem: string | undefined;
}

/** What jobs get by the bytes of their input; as their submission says, and their execution once more. */
function resourcesBySize(
  { config }: ForeseeContext,
  { manifest, configuration: ofType }: JobKind,
  own: Configuration,
): (inputBytes: number) => SizedResources {
  const { scalar } = manifest.job.resources;
  const { resources: overrides } = effectiveConfiguration(manifest, ofType, own);
  const growing = scalar.filter(({ inputMultiplier }) => inputMultiplier !== 0);
  const known = new Map<string, SizedResources>();
  return (inputBytes) => {
    // Whole MiB: few come out of many sizes.
    let key = '';
    for (const resource of growing) key += `${requirement(resource, inputBytes)} `;
    const found = known.get(key);
    if (found) return found;
    const { allocated: amounts, problems } = allocate({
      ...{ scalar, inputBytes, overrides },
      ...{ defaults: config.defaults, minimums: config.minimums },
      available: { cpus: Infinity, mem: Infinity, gpus: true },
    });
    const problem = problems.find(({ error }) => error !== 'resource-unavailable')?.message;
    if (known.size >= mostSizes) known.clear();
    const made = { amounts, problem };
    known.set(key, made);
    return made;
  };
}
