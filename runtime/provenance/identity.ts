import { createHmac, type KeyObject } from 'node:crypto';
import { type Bencodable, type BencodableDictionary, canonicalJson, identities } from '../dag/index.ts';
import type { Staged, Volume } from '../engine/index.ts';
import { formatAllocation } from '../execution/format-allocation.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { exactJson } from './exact-json.ts';

/** A file as a job sees it. */
export interface IdentityFile {
  /** Its name in the directory of its input (`DeliveredFile.deliveredName`). */
  readonly name: string;
  /**
   * What it holds: the SHA-256 of its bytes; or, while it has not been made yet, the output that it will be: which one of
   * which job.
   */
  readonly content:
    | { readonly sha256: string }
    | { readonly outputId: string; readonly output: string; readonly position: number };
  /** What the job reads of it in INPUT_METADATA besides where it lies, see `describedFile`; undefined: nothing. */
  readonly about?: Readonly<Record<string, unknown>> | undefined;
}

/** Everything that decides what comes out of a job. */
export interface IdentityRequest {
  /** Of the image's content, see `imageIdentity`: no name, and no id of an engine. */
  readonly image: string;
  readonly manifest: Manifest;
  /** By name; those that the manifest does not declare are no part of it. */
  readonly settings: ReadonlyMap<string, string>;
  /** Secret settings are told apart by it, and by nothing else. */
  readonly key: KeyObject;
  /** By input; `environment` is the text that the job is given. */
  readonly json: ReadonlyMap<string, { readonly value: unknown; readonly environment?: string | undefined }>;
  /** By input, in their order. */
  readonly files: ReadonlyMap<string, readonly IdentityFile[]>;
  /** Amounts as asked for, by the names of `Plan.allocated`: what the job reads in ALLOCATED_*. */
  readonly resources: Readonly<Record<string, number>>;
  readonly mounts?: readonly Staged[] | undefined;
  readonly volumes?: readonly Volume[] | undefined;
  /** Name of the network that it reaches; undefined: none. */
  readonly network?: string | undefined;
}

/** What a job was made by, as it is stored: JSON, and bencodable. */
export interface JobDescription extends BencodableDictionary {
  /** Of these rules. A change of them makes all outputs new. */
  readonly version: number;
  readonly image: string;
  /** RFC 8785 text, every default filled in. */
  readonly manifest: string;
  /** `interface.command` of the manifest, not expanded; empty: the image's own. */
  readonly command: string;
  readonly settings: Readonly<Record<string, string>>;
  /** HMAC-SHA-256 of each secret setting. */
  readonly secrets: Readonly<Record<string, string>>;
  /** RFC 8785 text of each JSON input. */
  readonly json: Readonly<Record<string, string>>;
  /** As in ALLOCATED_*, e.g. `0.5`. */
  readonly resources: Readonly<Record<string, string>>;
  readonly mounts: Readonly<Record<string, BencodableDictionary>>;
  readonly network: string;
  readonly inputs: Readonly<Record<string, readonly BencodableDictionary[]>>;
}

export interface Identity {
  readonly description: JobDescription;
  /** `sha256hex(bencode(description))`. */
  readonly outputId: string;
}

/** Of the rules by which descriptions are made. */
const version = 1;

/** What the jobs of one configuration differ in. */
const ownMembers = ['json', 'resources', 'inputs'] as const;
export type OwnIdentityRequest = Pick<IdentityRequest, 'json' | 'files' | 'resources'>;
export type CommonIdentityRequest = Omit<IdentityRequest, keyof OwnIdentityRequest>;

/** An identity whose description is put together only where it is wanted. */
export interface JobIdentity {
  readonly outputId: string;
  readonly describe: () => JobDescription;
}

/**
 * Describes what decides the outputs of a job, and gives that description its identity: two jobs of one `outputId` would
 * come to the same. docs/identities.md lists what counts, what does not, and why.
 * @throws not-canonical-json for a JSON input that has no RFC 8785 text
 */
export function identityOfJob(request: IdentityRequest): Identity {
  const { outputId, describe } = identitiesOfJobs(request)(request);
  return { description: describe(), outputId };
}

/** `identityOfJob` for many jobs of one configuration: what they have in common is described, and encoded, once. */
export function identitiesOfJobs(request: CommonIdentityRequest): (own: OwnIdentityRequest) => JobIdentity {
  const common = describeCommon(request);
  const identityOf = identities(common, ownMembers);
  return (one) => {
    const own = describeOwn(one);
    return { outputId: identityOf(own), describe: () => ({ ...common, ...own }) as JobDescription };
  };
}

function describeCommon(request: CommonIdentityRequest): BencodableDictionary {
  const { settings: declared, command = '' } = request.manifest.job.interface;
  const given = declared.flatMap(({ name, secret }) => {
    const value = request.settings.get(name);
    return value === undefined ? [] : [{ name, secret, value }];
  });
  return {
    version,
    image: request.image,
    manifest: canonicalJson(request.manifest),
    command,
    settings: byName(given.filter(({ secret }) => !secret).map(({ name, value }) => [name, value])),
    secrets: byName(
      given.filter(({ secret }) => secret).map(({ name, value }) => [name, keyedHash(request.key, value)]),
    ),
    mounts: byName<BencodableDictionary>([
      ...(request.mounts ?? []).map(
        ({ name, source, target, mode }) => [name, { source, target, mode }] as const,
      ),
      ...(request.volumes ?? []).map(
        ({ name, volume, driver, options, target, mode }) =>
          [name, { volume, driver, options, target, mode }] as const,
      ),
    ]),
    network: request.network ?? 'none',
  } satisfies Partial<JobDescription>;
}

function describeOwn({
  json,
  resources,
  files,
}: OwnIdentityRequest): Pick<JobDescription, (typeof ownMembers)[number]> {
  const values: Record<string, string> = {};
  for (const [name, one] of json) put(values, name, exactJson(one.value, one.environment));
  const inputs: Record<string, readonly BencodableDictionary[]> = {};
  for (const [name, list] of files) if (list.length > 0) put(inputs, name, list.map(describeFile));
  return { json: values, resources: describeResources(resources), inputs };
}

/** Most jobs of a batch get the same ones: those that are the same object are described once. */
const describedResources = new WeakMap<OwnIdentityRequest['resources'], JobDescription['resources']>();

function describeResources(resources: OwnIdentityRequest['resources']): JobDescription['resources'] {
  let described = describedResources.get(resources);
  if (!described) {
    described = byName(Object.entries(resources).map(([name, amount]) => [name, formatAllocation(amount)]));
    describedResources.set(resources, described);
  }
  return described;
}

/** As `Object.fromEntries` does, which takes `__proto__` for a name like any other. */
function put<Value>(into: Record<string, Value>, name: string, value: Value): void {
  if (name !== '__proto__') into[name] = value;
  else Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
}

function describeFile({ name, content, about }: IdentityFile): BencodableDictionary {
  const said = about && Object.keys(about).length > 0 ? { about: canonicalJson(about) } : {};
  if ('sha256' in content) return { ...said, name, sha256: content.sha256 };
  const { outputId: output_id, output, position } = content;
  return { ...said, name, output_id, output, position };
}

/** Tells secrets apart without the key being of use for anything else, or the hash for finding the secret. */
function keyedHash(key: KeyObject, value: string): string {
  return createHmac('sha256', key).update(`seedbed identity of a setting\0${value}`).digest('hex');
}

function byName<V extends Bencodable>(entries: readonly (readonly [string, V])[]): Record<string, V> {
  return Object.fromEntries(entries);
}
