import { Command } from 'commander';
import { filesCommand, type FilesOptions } from './files/options.ts';
import { main, sayError } from './main.ts';
import { runCommand, type RunOptions } from './run/options.ts';
import { reportRejection } from './run/rejection.ts';
import { validateCommand, type ValidateOptions } from './validate/options.ts';
import { version } from './version.ts';

const command = new Command('seed')
  .description('Run containerised algorithms (Seed jobs) over files, and keep account of the files.')
  .version(version);

command.addCommand(
  runCommand('run').action(async (target: string, options: RunOptions) => {
    const { seedRun } = await import('./run/seed-run.ts');
    process.exitCode = await seedRun(target, options);
  }),
);
command.addCommand(
  validateCommand().action(async (target: string | undefined, options: ValidateOptions) => {
    const { validate } = await import('./validate/validate.ts');
    process.exitCode = await validate(target, options);
  }),
);
command.addCommand(
  filesCommand().action(async (options: FilesOptions) => {
    const { listFiles } = await import('./files/list-files.ts');
    process.exitCode = await listFiles(options);
  }),
);

await main(command, (error) =>
  process.argv[2] === 'run' ? reportRejection('seed run', process.argv, error) : sayError('seed', error),
);
