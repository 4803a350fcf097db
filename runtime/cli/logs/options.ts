import { Command } from 'commander';

export interface LogsOptions {
  readonly follow?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly try?: string;
}

/** Describes `seed logs`. */
export function logsCommand(): Command {
  return new Command('logs')
    .description("Print a job's standard output and error, each to the stream that it came on.")
    .argument('<id>', 'number of the job')
    .option('-f, --follow', 'go on until the job has ended, through every try')
    .option('--stdout', 'standard output only')
    .option('--stderr', 'standard error only')
    .option('--try <N>', 'of this try; without -f, the last one otherwise')
    .addHelpText(
      'after',
      '\nExit codes: 0 printed, 2 there is no such job, 3 no service answers (SEED_URL).\n\nExample:\n  seed logs 17 -f',
    );
}
