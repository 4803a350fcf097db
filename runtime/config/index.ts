import { isIP } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { SeedbedError } from '../errors/index.ts';
import { textOrFile, withPassword } from './secret-file.ts';
import { settings, type SettingName } from './settings.ts';

export { settings } from './settings.ts';

/** The configuration of one process: every value of `settings`, parsed. Frozen. */
export interface Config {
  /** Where the embedded database, the logs and caches live; absolute. */
  readonly home: string;
  /** A Postgres URL; undefined: the embedded database under `home`. */
  readonly databaseUrl: string | undefined;
  /** When images are fetched from their registry. */
  readonly pull: PullPolicy;
  /** Defaults of undeclared resources: CPU cores, MiB, MiB. */
  readonly defaults: { readonly cpus: number; readonly mem: number; readonly disk: number };
  /** What a job gets at least, whatever its manifest declares; 0: no minimum. */
  readonly minimums: { readonly cpus: number; readonly mem: number; readonly disk: number };
  /** Processes and threads in one job's container. */
  readonly pidsLimit: number;
  /** Seconds between SIGTERM and SIGKILL when a job is stopped. */
  readonly stopGrace: number;
  /** Seconds to wait for an interrupted engine to answer again. */
  readonly engineWait: number;
  readonly limits: Limits;
  /** What `seed serve` answers to, and what it takes. */
  readonly service: ServiceConfig;
  /** What a node of the service may be given to do. */
  readonly node: {
    /** Of the machine's cores, memory and free disk; above 0, at most 1. */
    readonly share: number;
    readonly gpus: number;
    /** Custom resources by name. */
    readonly resources: Readonly<Record<string, number>>;
    /** Jobs at once; 0: by the cores. */
    readonly slots: number;
  };
  /** What the service keeps of the output of its executions: MiB for each, seconds after its end. */
  readonly logs: { readonly capMiB: number; readonly retentionSeconds: number };
  /** What is kept of inputs that had to be fetched, MiB. */
  readonly cacheMiB: number;
  /** Absolute directories below which job types may mount paths of this machine. */
  readonly hostRoots: readonly string[];
  /** What secret settings are encrypted with: 32 bytes in base64; undefined: the key is in a file. */
  readonly secretKey: string | undefined;
  /** The file with that key, absolute; undefined: `secret.key` under `home`, made at first use. */
  readonly secretKeyFile: string | undefined;
  readonly logLevel: string;
}

export interface ServiceConfig {
  /** Where commands find it; without a slash at the end. */
  readonly url: string;
  /** Whether SEED_URL says so, which is not the default's place. */
  readonly isNamed: boolean;
  /** In place of the one in `home`; undefined: that one. */
  readonly token: string | undefined;
  /** Opens `GET /metrics` and nothing else; undefined: only what opens the rest does. */
  readonly metricsToken: string | undefined;
  /** What webhooks may call besides public addresses: `all`, or addresses and networks. */
  readonly webhookAllowPrivate: readonly string[];
  /** Host names besides `localhost` and the addresses that it listens on; lower case, `.example.org` for all below. */
  readonly allowedHosts: readonly string[];
  /** Of web pages that may call it, e.g. `https://maps.example.org`; lower case. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks whose `X-Forwarded-For` counts. */
  readonly trustedProxies: readonly string[];
  /** How long the audit trail is kept. */
  readonly auditDays: number;
  /** One JSON request, MiB. */
  readonly bodyMiB: number;
  /** How long an upload is kept to which nothing more comes. */
  readonly uploadHours: number;
}

/** `always`, where the engine lacks the image, or `never`. */
export type PullPolicy = (typeof pullPolicies)[number];

export const pullPolicies = ['always', 'missing', 'never'] as const;

/** What one job may leave behind. */
export interface Limits {
  /** Files anywhere in OUTPUT_DIR. */
  readonly outputFiles: number;
  /** Standard output and error together, MiB. */
  readonly logMiB: number;
  /** One sidecar, or seed.outputs.json, MiB. */
  readonly jsonMiB: number;
  /** All sidecars of a job together, MiB. */
  readonly sidecarsMiB: number;
  /** Nesting of a sidecar or of seed.outputs.json. */
  readonly jsonDepth: number;
}

/**
 * Reads the configuration from environment variables (see `settings` for each).
 * @throws invalid-usage for a value that is not of its type; home-unusable
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const text = (name: SettingName): string => env[name] || settings[name].default;
  const number = (name: SettingName): number => {
    const value = Number(text(name));
    if (!Number.isFinite(value) || value < 0)
      throw new SeedbedError('invalid-usage', {
        problem: `The environment variable ${name} must be a number, not "${text(name)}"`,
      });
    return value;
  };
  if (env.SEED_SECRET_KEY && env.SEED_SECRET_KEY_FILE)
    throw new SeedbedError('invalid-usage', {
      problem: 'The environment variables SEED_SECRET_KEY and SEED_SECRET_KEY_FILE exclude each other',
    });
  return Object.freeze({
    home: path.resolve(env.SEED_HOME || defaultHome()),
    databaseUrl: withPassword(textOrFile('DATABASE_URL', env), env),
    pull: oneOf('SEED_PULL', text('SEED_PULL'), pullPolicies),
    defaults: {
      cpus: number('SEED_DEFAULT_CPUS'),
      mem: number('SEED_DEFAULT_MEM'),
      disk: number('SEED_DEFAULT_DISK'),
    },
    minimums: { cpus: number('SEED_MIN_CPUS'), mem: number('SEED_MIN_MEM'), disk: number('SEED_MIN_DISK') },
    pidsLimit: number('SEED_PIDS_LIMIT'),
    stopGrace: number('SEED_STOP_GRACE'),
    engineWait: number('SEED_ENGINE_WAIT'),
    limits: {
      outputFiles: number('SEED_MAX_OUTPUT_FILES'),
      logMiB: number('SEED_MAX_LOG_MIB'),
      jsonMiB: number('SEED_MAX_JSON_MIB'),
      sidecarsMiB: number('SEED_MAX_SIDECARS_MIB'),
      jsonDepth: number('SEED_MAX_JSON_DEPTH'),
    },
    service: {
      url: serviceUrl(text('SEED_URL')),
      isNamed: Boolean(env.SEED_URL),
      token: token('SEED_TOKEN', textOrFile('SEED_TOKEN', env)),
      webhookAllowPrivate: networks('SEED_WEBHOOK_ALLOW_PRIVATE', text('SEED_WEBHOOK_ALLOW_PRIVATE')),
      metricsToken: token('SEED_METRICS_TOKEN', env.SEED_METRICS_TOKEN),
      allowedHosts: words(text('SEED_ALLOWED_HOSTS')),
      allowedOrigins: words(text('SEED_ALLOWED_ORIGINS')).map(origin),
      trustedProxies: words(text('SEED_TRUSTED_PROXIES')).map(network),
      auditDays: whole('SEED_AUDIT_DAYS', number('SEED_AUDIT_DAYS')),
      bodyMiB: number('SEED_MAX_BODY_MIB'),
      uploadHours: number('SEED_UPLOAD_HOURS'),
    },
    node: {
      share: share('SEED_NODE_SHARE', number('SEED_NODE_SHARE')),
      gpus: whole('SEED_NODE_GPUS', number('SEED_NODE_GPUS')),
      resources: amounts('SEED_NODE_RESOURCES', text('SEED_NODE_RESOURCES')),
      slots: whole('SEED_SLOTS', number('SEED_SLOTS')),
    },
    logs: {
      capMiB: number('SEED_LOG_CAP_MIB'),
      retentionSeconds: number('SEED_LOG_RETENTION_DAYS') * 24 * 60 * 60,
    },
    cacheMiB: number('SEED_CACHE_MIB'),
    hostRoots: directories('SEED_HOST_ROOTS', text('SEED_HOST_ROOTS')),
    secretKey: env.SEED_SECRET_KEY || undefined,
    secretKeyFile: env.SEED_SECRET_KEY_FILE ? path.resolve(env.SEED_SECRET_KEY_FILE) : undefined,
    logLevel: oneOf('SEED_LOG_LEVEL', text('SEED_LOG_LEVEL'), logLevels),
  });
}

/** A short one could be guessed; others could not be sent in a header. The value itself is never shown. */
function token(name: SettingName, value: string | undefined): string | undefined {
  if (!value || /^[\x21-\x7e]{16,512}$/.test(value)) return value || undefined;
  throw new SeedbedError('invalid-usage', {
    problem: `The environment variable ${name} must have 16 to 512 printable ASCII characters without spaces`,
  });
}

/** A login in an address would be shown in messages. */
function serviceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  throw new SeedbedError('invalid-usage', {
    problem: 'The environment variable SEED_URL must be an address like http://127.0.0.1:8420',
  });
}

/** Lower case, separated by commas. */
function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Never `*`, and never `null`, which any page can be. */
function origin(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text)
    return text;
  throw new SeedbedError('invalid-usage', {
    problem: `The environment variable SEED_ALLOWED_ORIGINS takes origins as https://maps.example.org or http://localhost:3000, not "${text}"`,
  });
}

function network(text: string): string {
  const [address = '', bits, more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  const isMask = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
  if (isIP(address) !== 0 && isMask && more === undefined) return text;
  throw new SeedbedError('invalid-usage', {
    problem: `The environment variable SEED_TRUSTED_PROXIES takes addresses and networks as 10.0.0.0/8, not "${text}"`,
  });
}

function share(name: SettingName, value: number): number {
  if (value > 0 && value <= 1) return value;
  throw new SeedbedError('invalid-usage', {
    problem: `The environment variable ${name} must be above 0 and at most 1, not "${value}"`,
  });
}

/** `license=2,scratch=100` */
/** Resources of a machine that are not said but seen. */
const measured = ['cpus', 'mem', 'disk', 'sharedmem', 'gpus'];

function whole(name: SettingName, value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new SeedbedError('invalid-usage', {
    problem: `The environment variable ${name} must be a whole number, not "${value}"`,
  });
}

function amounts(name: SettingName, text: string): Record<string, number> {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const [, key, amount] = /^\s*([^=\s]+)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(part) ?? [];
      if (key !== undefined && measured.includes(key.toLowerCase()))
        throw new SeedbedError('invalid-usage', {
          problem: `The environment variable ${name} is for resources of your own, and ${key} is found out or has a variable of its own (SEED_NODE_SHARE, SEED_NODE_GPUS)`,
        });
      if (key !== undefined) return [key, Number(amount)];
      throw new SeedbedError('invalid-usage', {
        problem: `The environment variable ${name} takes NAME=AMOUNT,NAME=AMOUNT, not "${text}"`,
      });
    }),
  );
}

/** `all`, or `10.1.0.0/16,192.168.7.7` */
function networks(name: SettingName, text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  const given = parts.filter((part) => part !== '');
  for (const part of given) {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    if (part !== 'all' && Number(bits ?? 0) > most)
      throw new SeedbedError('invalid-usage', {
        problem: `The environment variable ${name} takes all, or addresses and networks like 10.1.0.0/16, separated by commas, not "${part}"`,
      });
  }
  return given;
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

function oneOf<Word extends string>(name: SettingName, text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new SeedbedError('invalid-usage', {
    problem: `The environment variable ${name} must be one of ${words.join(', ')}, not "${text}"`,
  });
}

function directories(name: SettingName, text: string): string[] {
  return text
    .split(':')
    .filter((directory) => directory !== '')
    .map((directory) => {
      if (path.isAbsolute(directory)) return path.normalize(directory);
      throw new SeedbedError('invalid-usage', {
        problem: `The environment variable ${name} must be absolute paths separated by :, not "${directory}"`,
      });
    });
}

/** @throws home-unusable where the user has neither HOME nor an entry in passwd, as in some containers */
function defaultHome(): string {
  try {
    return path.join(homedir(), '.seedbed');
  } catch {
    const reason = 'HOME is not set, and this user has no entry in /etc/passwd';
    throw new SeedbedError('home-unusable', { directory: '~/.seedbed', reason });
  }
}
