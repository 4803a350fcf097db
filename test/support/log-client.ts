import { createLogStore } from '../../runtime/logs/index.ts';
import { SeedbedError } from '../../runtime/errors/index.ts';
import { outputOf } from './log-output.ts';

/**
 * A process that goes on with a log: its arguments are directory, execution, MiB, seed and number of chunks. It prints a
 * dot for each chunk, and in the end `end`, or the name of the error.
 */
const [directory = '', execution, capMiB, seed, count] = process.argv.slice(2);
const store = createLogStore({ directory, capMiB: Number(capMiB), retentionSeconds: 1 });
const writer = store.writer(Number(execution), { resume: true });
try {
  for (const chunk of outputOf(Number(seed), Number(count))) {
    await writer.write(chunk);
    process.stdout.write('.');
  }
  await writer.end();
  process.stdout.write('end');
} catch (thrown) {
  process.stdout.write(thrown instanceof SeedbedError ? thrown.error : String(thrown));
}
