import type { Report } from '../../../seed-schema/index.ts';

/** What makes a configuration invalid. The names that Scale has too mean what they mean there. */
export const configurationErrors = {
  INVALID_CONFIGURATION:
    'It breaks the shape: a member is misspelt or of the wrong type, or a custom resource is none of the manifest.',
  INVALID_PRIORITY: 'The priority is no whole number, or less than 1.',
  DUPLICATE_SETTING: 'A setting has two values, under two spellings of its name.',
  DUPLICATE_MOUNT: 'A mount is configured twice, under two spellings of its name.',
  DUPLICATE_WORKSPACE: 'An output has two workspaces, under two spellings of its name.',
  INVALID_WORKSPACE: 'There is no workspace of that name.',
  WORKSPACE_NOT_ALLOWED:
    'The workspace has no directory on this machine, or one that no job may write to: as for mounts, it lies below `SEED_HOST_ROOTS`.',
  MISSING_WORKSPACE: 'A file output has no workspace, and there is no default.',
  HOST_ABSOLUTE_PATH: '`host_path` is not absolute.',
  MOUNT_NOT_ALLOWED: '`host_path` lies below none of the directories in `SEED_HOST_ROOTS`.',
  MOUNT_FORBIDDEN:
    '`host_path` is what no job may ever see: `/`, `SEED_HOME`, the key for secrets, the socket of a container engine, what is above or in one of them, or a device.',
  MOUNT_NOT_FOUND: '`host_path` does not exist, or cannot be looked at.',
  VOLUME_NOT_ALLOWED:
    'The options of a volume would bring a path or a device of the host into the container.',
} as const;

/** What is allowed and unwise. */
export const configurationWarnings = {
  MISSING_SETTING: 'A setting of the manifest has no value: jobs wait until it has one, or `null`.',
  UNKNOWN_SETTING: 'The manifest has no such setting; the value is ignored.',
  MISSING_MOUNT: 'A mount of the manifest is not configured: jobs wait until it is.',
  UNKNOWN_MOUNT: 'The manifest has no such mount; it is ignored.',
  UNKNOWN_OUTPUT: 'The manifest has no such file output; its workspace is ignored.',
  UNKNOWN_ERROR: '`retry.errors` names an error that neither the manifest nor Seedbed has.',
  DEPRECATED_WORKSPACE: 'The workspace is no longer active.',
  NONSTANDARD_RESOURCE: 'A resource is none of the standard ones: jobs wait for a node that has it.',
} as const;

export type ConfigurationReport = Report<
  keyof typeof configurationErrors,
  keyof typeof configurationWarnings
>;
