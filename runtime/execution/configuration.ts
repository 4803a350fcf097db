import { environmentName } from '../manifest/names.ts';
import { deliver } from './delivery.ts';
import { buildEnvironment, type EnvironmentRequest } from './environment.ts';
import { asJson } from './json-inputs.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { Plan } from './plan.ts';
import { quoted } from './quoted.ts';
import type { ExecutionRequest } from './request.ts';

/** A mount of the manifest, as a container had it. */
export interface KeptMount {
  readonly type: 'host' | 'volume';
  /** Absolute path in the container. */
  readonly container_path: string;
  readonly mode: 'ro' | 'rw';
  /** Of a directory. */
  readonly host_path?: string;
  /** Of a volume of the engine. */
  readonly volume?: string;
  readonly driver?: string;
}

/**
 * What an execution ran with and no other row tells, with a mask in place of every secret. Options of a volume's driver are
 * no part of it: they may hold credentials.
 */
export interface KeptConfiguration {
  /** In place of the image's CMD, as a shell would need them; empty: the image's own. */
  readonly args: string;
  /** By the manifest's own names. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables in which a secret is masked besides settings, and JSON that was written in another way. */
  readonly env_vars?: Readonly<Record<string, string>>;
  readonly mounts?: Readonly<Record<string, KeptMount>>;
  /** By output. */
  readonly output_workspaces?: Readonly<Record<string, string>>;
}

/** What is to be kept of an execution. */
export function keptConfiguration(
  {
    settings,
    mounts,
    volumes = [],
    json,
  }: Pick<ExecutionRequest, 'settings' | 'mounts' | 'volumes' | 'json'>,
  { command = [], variables, secrets }: Pick<Plan, 'command' | 'variables' | 'secrets'>,
): KeptConfiguration {
  const ofSettings = new Map([...settings].map(([name, value]) => [environmentName(name), value]));
  const asWritten = [...json].flatMap(([name, { value, environment }]) =>
    environment === asJson(value).environment ? [] : environmentName(name),
  );
  const own = Object.entries(maskSecrets(variables, secrets)).filter(
    ([name, shown]) =>
      asWritten.includes(name) || (shown !== variables[name] && variables[name] !== ofSettings.get(name)),
  );
  const kept: [string, KeptMount][] = [
    ...mounts.map(({ name, source, target, mode }): [string, KeptMount] => [
      name,
      { type: 'host', container_path: target, mode, host_path: source },
    ]),
    ...volumes.map(({ name, volume, driver, target, mode }): [string, KeptMount] => [
      name,
      { type: 'volume', container_path: target, mode, volume, driver },
    ]),
  ];
  return {
    args: maskSecrets(command, secrets).map(quoted).join(' '),
    ...(settings.size > 0 && { settings: maskSecrets(Object.fromEntries(settings), secrets) }),
    ...(own.length > 0 && { env_vars: Object.fromEntries(own) }),
    ...(kept.length > 0 && { mounts: Object.fromEntries(kept) }),
  };
}

/** What the rows of an execution tell of its environment. */
export interface ToldEnvironment extends Pick<
  EnvironmentRequest,
  'interface' | 'json' | 'allocated' | 'identity'
> {
  /** Paths of the files of each input, in their order. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** The variables that a container was given, as they may be shown. */
export function shownVariables(told: ToldEnvironment, kept: KeptConfiguration): Record<string, string> {
  const files = new Map([...told.files].map(([name, paths]) => [name, deliveredNames(paths)]));
  const settings = new Map(Object.entries(kept.settings ?? {}));
  return { ...buildEnvironment({ ...told, files, settings }).variables, ...kept.env_vars };
}

/** Under which names a job sees the files of one input. */
export function deliveredNames(paths: readonly string[]): string[] {
  return deliver(paths.map((path) => ({ path, size: 0, mode: 0 }))).map(({ deliveredName }) => deliveredName);
}
