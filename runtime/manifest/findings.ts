import type { Finding, JsonPath } from '../../seed-schema/index.ts';

/** What makes a manifest invalid. The names that Scale has too mean what they mean there. */
export const manifestErrors = {
  JSON_VALIDATION_ERROR:
    'It is not JSON, or breaks the JSON Schema: a member is missing, misspelt or of the wrong type.',
  NAME_COLLISION_ERROR:
    'Two inputs or settings, or two resources, have the same environment variable, or one has `OUTPUT_DIR` or `ALLOCATED_*`.',
  DUPLICATE_OUTPUT_NAMES: 'Two outputs, files or JSON, have the same name.',
  DUPLICATE_MOUNT_NAMES: 'Two mounts have the same name.',
  DUPLICATE_MOUNT_PATHS: 'Two mounts have the same path.',
  DUPLICATE_ERROR_NAMES: 'Two errors have the same name.',
  INVALID_MOUNT_PATH:
    'A mount path is not absolute, is `/`, has `..`, or lies over or in the directories of the platform.',
  INVALID_PATTERN:
    'An output pattern is empty, leads out of `OUTPUT_DIR` (absolute, or with `..`), or ends in `/`.',
  INVALID_RESOURCE: 'An amount or multiplier of a resource is negative.',
  WHOLE_GPUS: '`gpus` is not a whole number.',
  NAME_TOO_LONG: 'The name of a file input is too long for a directory.',
} as const;

/** What is allowed and unwise. */
export const manifestWarnings = {
  DUPLICATE_MEMBER: 'A JSON object has a member twice; the last one counts.',
  TWO_MANIFESTS: 'The directory has `seed.manifest.json` and `seed.json`; the first counts.',
  INVALID_TIMEOUT: '`job.timeout` is zero or less, which is taken as no limit.',
  INVALID_EMAIL: "The maintainer's `email` is no address.",
  LONG_NAME: "A name, version, title or description is longer than Scale's database takes.",
  RESERVED_NAME:
    'An input or setting has the variable of a value that the platform sets itself; the job sees that value.',
  UNUSABLE_VARIABLE:
    'The variable of an input or setting cannot be expanded by a shell, or is one that programs depend on.',
  INVALID_MEDIA_TYPE: 'A media type is not of the form `type/subtype`.',
  ABSOLUTE_PATTERN: 'An output pattern begins with the path of `OUTPUT_DIR`; it is taken as relative to it.',
  RECURSIVE_PATTERN:
    'An output pattern has `**`, which is the same as `*`: directories are not searched recursively.',
  SIDECAR_PATTERN:
    'An output pattern can match only metadata sidecars or `seed.outputs.json`, which are never captured.',
  BRACE_PATTERN: 'An output pattern has `{a,b}`, which matches literally.',
  MISSING_RESOURCE: '`cpus`, `mem` or `disk` is not declared, so the default is used.',
  NONSTANDARD_RESOURCE:
    'A resource is none of the standard ones; it must be granted, or the job is rejected.',
  ZERO_RESOURCE: 'A job declares no CPU or no memory at all, and cannot run on that.',
  DUPLICATE_ERROR_CODES: 'Two errors have the same exit code; the last one counts.',
  INVALID_ERROR_CODE:
    'The exit code of an error is 0, which is success, or outside 1 to 255, which never comes.',
  INVALID_COMMAND:
    "`interface.command` breaks Bash's rules, by an unclosed quote for example; the job is rejected.",
  UNKNOWN_VARIABLE: '`interface.command` expands a variable that the job is never given.',
  SECRET_IN_COMMAND:
    '`interface.command` expands a secret setting, which is then visible among the arguments.',
  SHELL_EXPANSION: '`interface.command` expands a value into the script of a shell, which interprets it.',
} as const;

export type ManifestErrorName = keyof typeof manifestErrors;
export type ManifestWarningName = keyof typeof manifestWarnings;

/** Collects what the rules find; a rule says each thing once. */
export class Report {
  readonly errors: Finding[] = [];
  readonly warnings: Finding[] = [];

  /** @param description one sentence without its full stop: where, what was found, what is allowed */
  error(name: ManifestErrorName, path: JsonPath, description: string): void {
    this.errors.push({ name, description, path });
  }

  warn(name: ManifestWarningName, path: JsonPath, description: string): void {
    this.warnings.push({ name, description, path });
  }
}
