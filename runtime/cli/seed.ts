import { Command } from 'commander';
import { inspectCommand, type InspectOptions } from './inspect/options.ts';
import { listCommand, type ListOptions } from './list/options.ts';
import { filesCommand, type FilesOptions } from './files/options.ts';
import { main, sayError } from './main.ts';
import { runCommand, type RunOptions } from './run/options.ts';
import { reportRejection } from './run/rejection.ts';
import { validateCommand, type ValidateOptions } from './validate/options.ts';
import { version } from './version.ts';

const command = new Command('seed')
  .description('Run containerised algorithms (Seed jobs) over files, and keep account of the files.')
  .version(version)
  .helpCommand('help [command]', 'explain a command');

/** Adds a command; what it does is loaded when it is called, and gives the process's exit code. */
function add<Args extends unknown[]>(sub: Command, load: () => Promise<(...args: Args) => Promise<number>>) {
  command.addCommand(
    sub.action(async (...args: unknown[]) => {
      process.exitCode = await (await load())(...(args as Args));
    }),
  );
}

add(runCommand('run'), async () => {
  const { seedRun } = await import('./run/seed-run.ts');
  return (target: string | undefined, options: RunOptions) => seedRun(target, options);
});
add(validateCommand(), async () => {
  const { validate } = await import('./validate/validate.ts');
  return (target: string | undefined, options: ValidateOptions) => validate(target, options);
});
add(listCommand(), async () => {
  const { listImages } = await import('./list/list-images.ts');
  return (keyword: string | undefined, options: ListOptions) => listImages(keyword, options);
});
add(inspectCommand(), async () => {
  const { inspect } = await import('./inspect/inspect.ts');
  return (image: string | undefined, options: InspectOptions) => inspect(image, options);
});
add(filesCommand(), async () => {
  const { listFiles } = await import('./files/list-files.ts');
  return (options: FilesOptions) => listFiles(options);
});

await main(command, (error) =>
  process.argv[2] === 'run' ? reportRejection('seed run', process.argv, error) : sayError('seed', error),
);
