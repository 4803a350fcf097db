interface Setting {
  readonly default: string;
  /** One sentence for `docs/configuration.md`, with the unit. */
  readonly what: string;
}

/** Every environment variable that configures Seedbed. `docs/configuration.md` is generated from it. */
export const settings = {
  SEED_HOME: {
    default: '',
    what: 'Where the embedded database, logs and caches live; default `~/.seedbed`.',
  },
  DATABASE_URL: {
    default: '',
    what: 'A Postgres server, version 14 or later, e.g. `postgres://user:password@host/database`; unset: the embedded one.',
  },
  DATABASE_URL_FILE: { default: '', what: 'A file that holds `DATABASE_URL`, in place of that variable.' },
  DATABASE_PASSWORD_FILE: {
    default: '',
    what: 'A file that holds the password for `DATABASE_URL`, which then has a user and none.',
  },
  DOCKER_HOST: {
    default: '',
    what: 'The container engine, e.g. `unix:///run/user/1000/podman/podman.sock`; unset: the first socket that answers.',
  },
  SEED_PULL: {
    default: 'missing',
    what: 'When images are fetched from their registry: `always`, `missing` (where the engine lacks them) or `never`.',
  },
  SEED_DEFAULT_CPUS: { default: '0.25', what: 'CPU cores of a job that declares none.' },
  SEED_DEFAULT_MEM: { default: '128', what: 'Memory of a job that declares none, MiB.' },
  SEED_DEFAULT_DISK: { default: '0', what: 'Disk of a job that declares none, MiB.' },
  SEED_MIN_CPUS: { default: '0', what: 'CPU cores that every job gets at least.' },
  SEED_MIN_MEM: { default: '0', what: 'Memory that every job gets at least, MiB.' },
  SEED_MIN_DISK: { default: '0', what: 'Disk that every job gets at least, MiB.' },
  SEED_PIDS_LIMIT: { default: '4096', what: 'Processes and threads that one job may have.' },
  SEED_STOP_GRACE: { default: '5', what: 'Seconds between SIGTERM and SIGKILL when a job is stopped.' },
  SEED_ENGINE_WAIT: { default: '60', what: 'Seconds to wait for an interrupted engine to come back.' },
  SEED_MAX_OUTPUT_FILES: {
    default: '300000',
    what: 'Files that one job may leave in OUTPUT_DIR, sidecars included.',
  },
  SEED_MAX_LOG_MIB: { default: '1024', what: 'Standard output and error of one job together, MiB.' },
  SEED_LOG_CAP_MIB: {
    default: '64',
    what: 'How much of the log of one execution the service keeps, its beginning and its newest part, MiB.',
  },
  SEED_LOG_RETENTION_DAYS: {
    default: '30',
    what: 'Days that the service keeps a log after its end.',
  },
  SEED_CACHE_MIB: {
    default: '10240',
    what: 'How much content of S3 workspaces is kept in `SEED_HOME/cache` for the next jobs that read it, MiB; what jobs are using comes on top.',
  },
  SEED_MAX_JSON_MIB: { default: '16', what: 'Size of one sidecar or of seed.outputs.json, MiB.' },
  SEED_MAX_SIDECARS_MIB: { default: '256', what: 'Size of all sidecars of one job together, MiB.' },
  SEED_MAX_JSON_DEPTH: { default: '100', what: 'Nesting of a sidecar or of seed.outputs.json.' },
  SEED_URL: {
    default: 'http://127.0.0.1:8420',
    what: 'Where the commands find the service (`seed serve`), `http://` or `https://`; where it is set, `seed batch` runs its rows there.',
  },
  SEED_TOKEN: {
    default: '',
    what: 'The token of the service, at least 16 characters, for `seed serve` and for the commands that call it; unset: the one in `SEED_HOME/token`, which the service makes at its first start.',
  },
  SEED_TOKEN_FILE: { default: '', what: 'A file that holds `SEED_TOKEN`, in place of that variable.' },
  SEED_METRICS_TOKEN: {
    default: '',
    what: 'A token, at least 16 characters, that opens `GET /metrics` of the service and nothing else, for Prometheus; unset: only a token that may read everything opens it.',
  },
  SEED_WEBHOOK_ALLOW_PRIVATE: {
    default: '',
    what: 'What webhooks may call besides public addresses: addresses and networks separated by commas, e.g. `10.1.0.0/16,192.168.7.7`, or `all`; unset: nothing.',
  },
  SEED_ALLOWED_HOSTS: {
    default: '',
    what: 'Names, separated by commas, that the service answers to besides `localhost` and its addresses; `.example.org` stands for all names below.',
  },
  SEED_ALLOWED_ORIGINS: {
    default: '',
    what: 'Origins of web pages, separated by commas, that may call the service from a browser, e.g. `https://maps.example.org`; unset: only pages that it serves itself.',
  },
  SEED_TRUSTED_PROXIES: {
    default: '',
    what: 'Addresses or networks, separated by commas, of proxies whose `X-Forwarded-For` says where a request comes from, e.g. `10.0.0.0/8`; unset: none.',
  },
  SEED_AUDIT_DAYS: {
    default: '365',
    what: 'Days that the service keeps its audit trail.',
  },
  SEED_MAX_BODY_MIB: {
    default: '4',
    what: 'Size of one JSON request to the service, MiB; files are uploaded apart.',
  },
  SEED_UPLOAD_HOURS: {
    default: '24',
    what: 'Hours that the service keeps an upload to which nothing more comes.',
  },
  SEED_NODE_SHARE: {
    default: '1',
    what: "Share of the engine's machine that the service may promise to jobs, above 0, at most 1.",
  },
  SEED_NODE_GPUS: { default: '0', what: 'GPUs of the machine that jobs of the service may be given.' },
  SEED_NODE_RESOURCES: {
    default: '',
    what: 'Custom resources that each node of the service has, e.g. `license=2,scratch=100`.',
  },
  SEED_SLOTS: { default: '0', what: 'Jobs that a node of the service runs at once; 0: twice its CPU cores.' },
  SEED_HOST_ROOTS: {
    default: '',
    what: 'Directories, separated by `:`, below which job types may mount paths of this machine; unset: none.',
  },
  SEED_SECRET_KEY: {
    default: '',
    what: 'The key that secret settings are encrypted with, 32 bytes in base64; unset: the key in a file.',
  },
  SEED_SECRET_KEY_FILE: {
    default: '',
    what: 'The file with that key, readable by its owner only; unset: `SEED_HOME/secret.key`, made at first use.',
  },
  SEED_LOG_LEVEL: {
    default: 'warn',
    what: "Seedbed's own diagnostics on standard error: `debug`, `info`, `warn`, `error` or `silent`.",
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
