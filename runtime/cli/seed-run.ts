import { main } from './main.ts';
import { runCommand, type RunOptions } from './run/options.ts';
import { reportRejection } from './run/rejection.ts';
import { version } from './version.ts';

const command = runCommand('seed-run')
  .version(version)
  .action(async (target: string | undefined, options: RunOptions) => {
    const { seedRun } = await import('./run/seed-run.ts');
    process.exitCode = await seedRun(target, options);
  });

await main(command, (error) => reportRejection('seed-run', process.argv, error));
