import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface IngestOptions {
  readonly workspace?: string;
  readonly to?: string;
  readonly move?: boolean;
  readonly copy?: boolean;
  readonly dataType: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** false: `--no-recursive`. */
  readonly recursive: boolean;
  readonly recipe?: string;
  readonly recipeInput?: string;
  readonly footprint?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

const repeatable = ['dataType', 'include', 'exclude'] as const;

/** Describes `seed ingest`. */
export function ingestCommand(): Command {
  const command = new Command('ingest')
    .description('Take files and directories of this machine into the catalogue.')
    .argument('<paths...>', 'files, and directories with all that is in them')
    .option(
      '-w, --workspace <NAME>',
      'put the files into this workspace (default: they stay where they are, and are known by their path)',
    )
    .option('--to <DIR>', 'with --workspace: directory in it that they go to')
    .option('--copy', 'with --workspace: copy, where otherwise a hard link is made if the disk allows it')
    .option('--move', 'with --workspace: remove each file here once it is there and in the catalogue')
    .option('-t, --data-type <TAG>', 'data type tag of the files', repeated)
    .option('--include <GLOB>', 'only files that match, e.g. "*.tif" or "2020/**/*.tif"', repeated)
    .option('--exclude <GLOB>', 'not the files and directories that match', repeated)
    .option('--no-recursive', 'nothing of the directories below a directory')
    .option('--recipe <NAME[:REVISION]>', 'start this recipe for each file that is new, or has changed')
    .option('--recipe-input <NAME>', 'which input of the recipe gets the file (default: its only one)')
    .option('--footprint', 'read where and when images are of: GeoTIFF, EXIF, GeoJSON, sidecars')
    .option('--dry-run', 'say what would be done, and do nothing')
    .addOption(formatOption())
    .option('-q, --quiet', 'say nothing while it works')
    .addHelpText(
      'after',
      `
Files that the catalogue knows already are left alone: a command that was stopped, or killed, goes
on when it is given again, and nothing is registered twice.

Exit codes: 0 every file is in the catalogue, 1 some are not, 2 refused before anything was done,
            3 the database or the workspace cannot be used.

Example:
  seed ingest sample-jobs/image-tiles/inputs -t photo --include "*.png"`,
    );
  for (const option of repeatable) command.setOptionValueWithSource(option, [], 'default');
  return command;
}
