import { Command, Option } from 'commander';
import { formatOption } from '../format-option.ts';
import type { SourceOption } from './sources/sources.ts';

/** What both commands of bulk intake are told. */
export interface IntakeOptions {
  readonly generateUniqueId?: boolean;
  readonly dryRun?: boolean;
  readonly strict?: boolean;
  readonly concurrency: string;
  readonly logJson?: boolean;
  readonly quiet?: boolean;
}

export interface CreateOptions extends IntakeOptions {
  readonly finalizeBatches?: boolean;
}

export interface AddOptions extends IntakeOptions {
  /** Of all kinds, in their order on the command line. */
  readonly source?: readonly SourceOption[];
  readonly glob?: readonly string[];
  readonly input?: string;
}

export interface FinalizeOptions extends ChangeOptions {
  readonly dryRun?: boolean;
}

export interface ChangeOptions {
  readonly format: 'text' | 'json';
}

export interface StatusOptions extends ChangeOptions {
  readonly watch?: boolean;
}

function withIntake(command: Command): Command {
  return command
    .option(
      '--generate-unique-id',
      'give tasks that have none a unique_id: PROJECT_BATCH_ATTACHMENT, without batch PROJECT_ATTACHMENT',
    )
    .option('--dry-run', 'judge everything, and send nothing')
    .option('--strict', 'send nothing where any task has a fault; else the others are sent')
    .option('--concurrency <N>', 'requests at once', '30')
    .option('--log-json', 'one JSON document a line for each task, in place of text')
    .option('-q, --quiet', 'tell only what failed, and the sum');
}

/** Describes `seed batch create`. */
export function batchCreateCommand(): Command {
  return withIntake(
    new Command('create')
      .description(
        'Make the batches of a file, and the tasks in it. As often as you like: each is there once.',
      )
      .argument('<file>', 'YAML or JSON: recipe_type or job_type, batches, tasks')
      .option('--finalize-batches', 'have the tasks begin once all are there; none can be added then'),
  ).addHelpText(
    'after',
    `
One batch takes every task; of several, each task names its own; without any, tasks begin at once.
Exit codes: 0 every task is there, 1 one is not, 2 rejected before anything was sent,
            3 the service could not be used (SEED_URL).
Example:
  seed batch create my-batch.yaml --generate-unique-id`,
  );
}

/** Describes `seed batch add`. */
export function batchAddCommand(): Command {
  const sources: SourceOption[] = [];
  const source = (kind: SourceOption['kind']) => (value: string) => {
    sources.push({ kind, value });
    command.setOptionValue('source', sources);
    return value;
  };
  const command = new Command('add')
    .description('Add tasks to a batch: one for each row of a CSV file, each file of a directory, ...')
    .argument('<batch>', 'name or number of a batch that takes tasks')
    .option('--csv <FILE>', 'a task for each row; the first row names the columns', source('csv'))
    .option('--json <FILE>', 'a task for each object, in an array or one after the other', source('json'))
    .option('--dir <PATH>', 'a task for each file in this directory and those below', source('dir'))
    .option('--s3 <URI>', 'a task for each object below s3://BUCKET/PREFIX', source('s3'))
    .option(
      '--glob <PATTERN>',
      'of --dir and --s3: only files that match, e.g. "*.tif" or "2020/**/*.tif"',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option('--input <NAME>', 'of --dir and --s3: which input gets the file (default: the only one)');
  return withIntake(command).addHelpText(
    'after',
    `
Sources may be given several times, and together. Columns are inputs, settings.NAME, unique_id
and priority; a file is a number, workspace:NAME/path, sha256:..., a URL, or a path of this machine.
Exit codes: 0 every task is there, 1 one is not, 2 rejected before anything was sent,
            3 the service could not be used (SEED_URL).
Example:
  seed batch add my-batch --csv my-tasks.csv`,
  );
}

/** Describes `seed batch finalize`. */
export function batchFinalizeCommand(): Command {
  return changing('finalize', 'Have the tasks of a batch begin; none can be added then.').option(
    '--dry-run',
    'only tell what its first 1000 tasks would run, what they would reuse, and why',
  );
}

/** Describes `seed batch cancel`. */
export function batchCancelCommand(): Command {
  return changing('cancel', 'Cancel what of a batch waits or runs, and what is not made yet.');
}

/** Describes `seed batch requeue-failed`. */
export function batchRequeueCommand(): Command {
  return changing('requeue-failed', 'Run what of a batch failed or was canceled once more.');
}

function changing(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<batch>', 'name or number of the batch')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 done; 2 refused; 3 the service could not be used (SEED_URL).
Example:
  seed batch ${name} my-batch`,
    );
}

/** Describes `seed batch status`. */
export function batchStatusCommand(): Command {
  return new Command('status')
    .description('Show how far a batch is, and what of it failed and why.')
    .argument('<batch>', 'name or number of the batch')
    .addOption(new Option('-w, --watch', 'until all is over, or it waits to be finalized'))
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 shown; 1 with --watch: something failed; 2 there is no such batch;
            3 the service could not be used (SEED_URL).
Example:
  seed batch status my-batch`,
    );
}
