import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface BatchDownloadOptions {
  readonly outDir: string;
  readonly resume?: boolean;
  readonly output: readonly string[];
  readonly node: readonly string[];
  readonly jobType: readonly string[];
  readonly parallel: string;
  readonly watch?: boolean | string;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Describes `seed batch download`. */
export function batchDownloadCommand(): Command {
  const command = new Command('download')
    .description('Fetch what the jobs of batches gave into a directory, with their checksums.')
    .argument('<batches...>', 'batches by their id or name')
    .requiredOption('-o, --out-dir <DIR>', 'directory for the files; made where it is missing')
    .option('--resume', 'go on with a download: fetch what is missing, or has changed here or there')
    .option('--output <NAME>', 'only files of this output', repeated)
    .option('--node <NAME>', 'only files of jobs of this node of a recipe', repeated)
    .option('--job-type <NAME>', 'only files of jobs of this type', repeated)
    .option('--parallel <N>', 'files at once, 1 to 32', '8')
    .option('--watch [SECONDS]', 'until the batches are done: look every so often what has come (default: 5)')
    .addOption(formatOption())
    .option('-q, --quiet', 'say nothing while it works')
    .addHelpText(
      'after',
      `
Files are at DIR/batch-ID/recipe-ID/NODE/OUTPUT/NAME, or DIR/batch-ID/job-ID/OUTPUT/NAME. Each has
its name only when it is whole and checked. DIR/SHA256SUMS holds all checksums: check them with
sha256sum -c SHA256SUMS.

Exit codes: 0 every file that there is by now is there, 1 some are not, 2 refused before anything was
            done, 3 no service answers (SEED_URL), or the disk is full.

Example:
  seed batch download october-scenes -o october --resume`,
    );
  for (const option of ['output', 'node', 'jobType']) command.setOptionValueWithSource(option, [], 'default');
  return command;
}
