import { stat } from 'node:fs/promises';
import {
  below,
  nearest,
  Report,
  type S3Broker,
  type ValidationDocument,
  type WorkspaceBroker,
  type WorkspaceConfiguration,
  workspaceConfigurationValidators,
} from '../../../seed-schema/index.ts';
import { type Credentials, isMountedAt, nfsDirectory } from '../../catalog/index.ts';
import { type HostPaths, judgeHostPath } from './host-path.ts';

/** What makes the configuration of a workspace invalid. */
export const workspaceErrors = {
  INVALID_CONFIGURATION: 'It breaks the shape: a member is missing, misspelt or of the wrong type.',
  UNSUPPORTED_BROKER: 'The type of the broker is none of `host`, `nfs` and `s3`.',
  NFS_NOT_MOUNTED: '`nfs_path` is not mounted on this machine, or not at `host_path`.',
  ENDPOINT_URL: '`endpoint_url` is no address as `https://s3.example.org`; a login in it is none either.',
  BUCKET_PREFIX: '`prefix` has empty segments, or ones that are `.` or `..`.',
  NAME_TAKEN: 'Another workspace has the name.',
  MANAGED_WORKSPACE: 'The workspace is kept by Seedbed itself: it stays where it is, and active.',
  HOST_ABSOLUTE_PATH: '`host_path` is not absolute.',
  MOUNT_NOT_ALLOWED: '`host_path` lies below none of the directories in `SEED_HOST_ROOTS`.',
  MOUNT_FORBIDDEN:
    '`host_path` is what no job may ever see, as for mounts: `/`, `SEED_HOME`, the socket of a container engine, what is above or in one of them, or no directory.',
  MOUNT_NOT_FOUND: '`host_path` does not exist, or cannot be looked at.',
} as const;

/** What is allowed and unwise. */
export const workspaceWarnings = {
  MOVED_WORKSPACE: '`host_path` changes: files that were catalogued are looked for in the new directory.',
  SHARED_DIRECTORY: 'Another workspace has the same directory.',
  BUCKET_UNREACHABLE:
    'The bucket cannot be listed: it is not there, the credentials do not permit it, or nothing answers.',
} as const;

export type WorkspaceReport = Report<keyof typeof workspaceErrors, keyof typeof workspaceWarnings>;

/** An empty one. */
export const workspaceReport = (): WorkspaceReport => new Report();

export type JudgedWorkspace = ValidationDocument & {
  /** Without credentials; undefined: it is not valid. */
  readonly configuration?: WorkspaceConfiguration;
  /** null: it is to have none any more; undefined: nothing is said of them. */
  readonly credentials?: Credentials | null | undefined;
};

const where = 'configuration';
const broker = below(where, 'broker');
const at = (member: string) => below(broker, member);

/**
 * Judges where a workspace is to keep its files; everything is found at once. Whether a bucket answers is not looked at.
 * @param others directories of other workspaces, by their names
 */
export async function judgeWorkspace(
  document: unknown,
  paths: HostPaths,
  others: ReadonlyMap<string, string | null>,
  report = workspaceReport(),
): Promise<JudgedWorkspace> {
  const given = (document as { broker?: { type?: unknown } } | null)?.broker?.type;
  const types = Object.keys(
    workspaceConfigurationValidators,
  ) as (keyof typeof workspaceConfigurationValidators)[];
  const type = types.find((known) => known === given);
  if (type === undefined && typeof given === 'string') {
    const meant = nearest(given, types);
    const advice = meant === undefined ? `there are ${types.join(', ')}` : `did you mean ${meant}?`;
    report.error('UNSUPPORTED_BROKER', at('type'), `${at('type')} is ${JSON.stringify(given)}: ${advice}`);
    return report.document;
  }
  const problems = workspaceConfigurationValidators[type ?? 'host'].problems(document);
  for (const { path, description } of problems)
    report.error('INVALID_CONFIGURATION', path && `${where}.${path}`, `${where}: ${description}`);
  if (problems.length > 0) return report.document;
  const configuration = document as WorkspaceConfiguration;
  const judged = await judgeBroker(configuration.broker, paths, others, report);
  if (!judged) return report.document;
  const { credentials, ...kept } = judged as S3Broker;
  return {
    ...report.document,
    configuration: { version: configuration.version ?? '7', broker: kept as WorkspaceBroker },
    credentials: credentials && {
      accessKeyId: credentials.access_key_id,
      secretAccessKey: credentials.secret_access_key,
    },
  };
}

/** @returns the broker as it is kept; undefined when it cannot be */
async function judgeBroker(
  given: WorkspaceBroker,
  paths: HostPaths,
  others: ReadonlyMap<string, string | null>,
  report: WorkspaceReport,
): Promise<WorkspaceBroker | undefined> {
  if (given.type === 's3') {
    const isRight = judgeBucket(given, report);
    if (given.host_path === undefined) return isRight ? given : undefined;
    const real = await judgeDirectory(given.host_path, paths, others, report);
    return real !== undefined && isRight ? { ...given, host_path: real } : undefined;
  }
  if (given.type === 'host') {
    const real = await judgeDirectory(given.host_path, paths, others, report);
    return real === undefined ? undefined : { type: 'host', host_path: real };
  }
  const { nfs_path, host_path = await nfsDirectory(nfs_path) } = given;
  const notMounted = (problem: string) =>
    report.error(
      'NFS_NOT_MOUNTED',
      at('nfs_path'),
      `${at('nfs_path')} is ${JSON.stringify(nfs_path)}, which ${problem}`,
    );
  if (host_path === undefined) {
    notMounted('is not mounted on this machine; mount it, as with `mount -t nfs`');
    return undefined;
  }
  const real = await judgeDirectory(host_path, paths, others, report);
  if (real === undefined) return undefined;
  if (await isMountedAt(nfs_path, real)) return { type: 'nfs', nfs_path, host_path: real };
  notMounted(`is not mounted at ${real}; mount it there, or leave host_path out`);
  return undefined;
}

function judgeBucket({ endpoint_url, prefix = '' }: S3Broker, report: WorkspaceReport): boolean {
  const before = report.document.errors.length;
  const url = endpoint_url !== undefined && URL.canParse(endpoint_url) ? new URL(endpoint_url) : undefined;
  const isPlain =
    url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '';
  // What is wrong with it may be a password: it is not shown.
  if (endpoint_url !== undefined && !isPlain)
    report.error(
      'ENDPOINT_URL',
      at('endpoint_url'),
      `${at('endpoint_url')} must be an address as https://s3.example.org, without a login`,
    );
  const segments = prefix.replace(/^\/+|\/+$/g, '').split('/');
  if (prefix !== '' && segments.some((one) => ['', '.', '..'].includes(one)))
    report.error(
      'BUCKET_PREFIX',
      at('prefix'),
      `${at('prefix')} is ${JSON.stringify(prefix)}; write its segments apart by single slashes, none of them . or ..`,
    );
  return report.document.errors.length === before;
}

/** @returns the directory without links; undefined when it may not be used */
async function judgeDirectory(
  given: string,
  paths: HostPaths,
  others: ReadonlyMap<string, string | null>,
  report: WorkspaceReport,
): Promise<string | undefined> {
  const path = at('host_path');
  const judged = await judgeHostPath(given, paths);
  if ('problem' in judged) {
    report.error(judged.name, path, `${path} is ${JSON.stringify(given)}, which ${judged.problem}`);
    return undefined;
  }
  if (!(await stat(judged.real)).isDirectory()) {
    report.error('MOUNT_FORBIDDEN', path, `${path} is ${JSON.stringify(given)}, which is no directory`);
    return undefined;
  }
  for (const [name, directory] of others)
    if (directory === judged.real)
      report.warn('SHARED_DIRECTORY', path, `${path} is the directory of the workspace ${name}, too`);
  return judged.real;
}
