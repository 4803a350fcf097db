import type { ErrorDefinition } from './definition.ts';

const failed = { category: 'job', status: 422, exit: 1, retry: false } as const;

/** The job ran, and this is how it failed. */
export const outcomes = {
  'job-failed': {
    ...failed,
    code: 'SB2001',
    title: 'The job failed',
    message: 'The job ended with exit code {exit}, which its manifest does not describe.',
    advice: 'Read its standard error: {stderr}',
  },
  'job-error': {
    ...failed,
    code: 'SB2002',
    title: 'The job reported an error of its manifest',
    message: 'The job ended with exit code {exit}: {description}.',
    advice: 'Read its standard error: {stderr}',
  },
  timeout: {
    ...failed,
    code: 'SB2003',
    title: 'Timeout',
    message: 'The job ran longer than its timeout of {seconds} s and was stopped.',
    advice: 'Raise job.timeout in the manifest, or give the job less to do.',
  },
  'out-of-memory': {
    ...failed,
    code: 'SB2004',
    title: 'Out of memory',
    message: 'The job used more than its {mem} MiB of memory and was killed.',
    advice: 'Give it more with --resource mem=MIB, or raise mem in the manifest.',
  },
  'missing-required-output': {
    ...failed,
    code: 'SB2005',
    title: 'Missing required output',
    message: 'The job left no {what} for its required output {name}.',
    advice: 'Make the job write it, or set "required": false.',
  },
  'unexpected-multiple-outputs': {
    ...failed,
    code: 'SB2006',
    title: 'Several files for a single output',
    message: 'The output {name} takes one file, and {count} match {pattern}: {files}.',
    advice: 'Narrow the pattern, or set "multiple": true.',
  },
  'invalid-results-manifest': {
    ...failed,
    code: 'SB2007',
    title: 'Invalid seed.outputs.json',
    message: 'seed.outputs.json is not valid: {problem}.',
    advice: 'Write one JSON object with a member of the declared type for each JSON output.',
  },
  'invalid-metadata': {
    ...failed,
    code: 'SB2008',
    title: 'Invalid metadata sidecar',
    message: 'The sidecar {file} is not valid: {problem}.',
    advice:
      'Run `seed validate --sidecar` on it, with the --schema that you gave; without one it must be GeoJSON (RFC 7946).',
  },
  'too-many-outputs': {
    ...failed,
    code: 'SB2009',
    title: 'Too many output files',
    message: 'The job left more than {limit} files in OUTPUT_DIR.',
    advice: 'Pack them into fewer files, or raise SEED_MAX_OUTPUT_FILES.',
  },
  'log-limit-exceeded': {
    ...failed,
    code: 'SB2010',
    title: 'Too much log output',
    message: 'The job wrote more than {limit} MiB of log and was stopped.',
    advice: 'Make it quieter, or raise SEED_MAX_LOG_MIB.',
  },
  'unreadable-output': {
    ...failed,
    code: 'SB2011',
    title: 'Output cannot be captured',
    message: 'The output file {file} cannot be captured: {reason}.',
    advice: 'Make the job leave readable regular files with UTF-8 names.',
  },
  'command-not-found': {
    ...failed,
    code: 'SB2012',
    title: 'The container could not be started',
    message: 'The container of {image} could not be started: {reason}.',
    advice: 'Check ENTRYPOINT, CMD and interface.command, and that the program is executable.',
  },
  canceled: {
    ...failed,
    code: 'SB2013',
    title: 'Canceled',
    message: 'The job was stopped by {signal}.',
    advice: 'Run it again to have its outputs.',
    retry: true,
  },
  'recipe-not-completed': {
    code: 'SB2020',
    title: 'Recipe not completed',
    category: 'job',
    message: 'The recipe {recipe} could not complete: {problems}.',
    advice: 'Look at the logs of the nodes that failed; when that is mended, {again} goes on.',
    status: 500,
    exit: 1,
    retry: false,
  },
} as const satisfies Record<string, ErrorDefinition>;
