import type { Report } from '../report.ts';

/** What makes the input of a job or a recipe invalid. The names that Scale has too mean what they mean there. */
export const inputErrors = {
  INVALID_DATA: 'It breaks the shape: a member is misspelt or of the wrong type, or cannot be stored.',
  PARAM_REQUIRED: 'A required input is missing.',
  DUPLICATE_VALUE: 'An input has two values, under two spellings of its name.',
  MISMATCHED_PARAM_TYPE: 'A file input is given under `json`, or a JSON input under `files`.',
  NO_FILES: 'A file input is given no file at all.',
  MULTIPLE_FILES: 'A file input that takes one file is given several.',
  UNKNOWN_FILE: 'The catalogue has no file with that id.',
  DELETED_FILE: 'The file has been deleted.',
  INVALID_JSON_TYPE: 'A value is not of the type that the manifest declares.',
} as const;

/** What is allowed and unexpected. */
export const inputWarnings = {
  UNKNOWN_INPUT: 'The manifest has no such input; the value is dropped.',
  MISMATCHED_MEDIA_TYPES: 'The media type of a file is none of those that the manifest names.',
} as const;

export type InputReport = Report<keyof typeof inputErrors, keyof typeof inputWarnings>;
