import type { Report } from '../../../seed-schema/index.ts';

/** What makes a strike or a scan invalid. */
export const ingestErrors = {
  INVALID_CONFIGURATION: 'It breaks the shape: a member is missing, misspelt or of the wrong type.',
  INVALID_WORKSPACE: 'There is no workspace of that name, or it is no longer active.',
  MANAGED_WORKSPACE: 'Files are taken from a workspace that Seedbed keeps itself.',
  INVALID_MONITOR: 'The monitor cannot watch a workspace of that kind.',
  INVALID_SCANNER: 'The scanner cannot go through a workspace of that kind.',
  INVALID_REGEX: 'A `filename_regex` is no expression of Python, or one that RE2 cannot run.',
  INVALID_NEW_FILE_PATH: 'A `new_file_path` leads out of the workspace.',
  RECIPE_TYPE_DOES_NOT_EXIST: 'There is no such recipe type, or not in that revision.',
  DEPRECATED_RECIPE_TYPE: 'The recipe type is no longer active.',
  INVALID_RECIPE_INPUT:
    'It is not clear which input of the recipe takes the file, or it takes more than a file.',
  NAME_TAKEN: 'Another one has the name.',
} as const;

/** What is allowed and unwise. */
export const ingestWarnings = {
  ABSOLUTE_NEW_FILE_PATH:
    'A `new_file_path` begins with a slash, which is left out: it lies in the workspace.',
  ODD_ESCAPE: 'A letter after a backslash means nothing but itself.',
  UNREACHABLE_RULE: 'A rule has the expression of an earlier one, which decides.',
  SHARED_WORKSPACE: 'Another strike watches the same workspace: each file is taken by one of them.',
  IGNORED_TRANSFER_SUFFIX: 'A bucket holds whole objects only: `transfer_suffix` means nothing there.',
} as const;

export type IngestReport = Report<keyof typeof ingestErrors, keyof typeof ingestWarnings>;
