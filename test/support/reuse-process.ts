/**
 * A runtime of a `ReuseWorld` as a process of its own, to be killed: its containers, which are simulated, die with it. Its
 * first line says that it is at work.
 */
import { readConfig } from '../../runtime/config/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { openRuntime } from '../../runtime/scheduler/index.ts';
import { mixed } from './mixed.ts';
import { simulatedEngine } from './simulated.ts';

const engine = await simulatedEngine({
  cpus: 8,
  durationMs: [5, 50],
  script: (spec) => ({ outputs: { 'out.txt': mixed(spec) } }),
});
const runtime = await openRuntime({
  config: readConfig(process.env),
  logger: createLogger('info'),
  engines: [{ name: 'killed', engine }],
});
process.once('SIGTERM', () => void runtime.stop().then(() => process.exit(0)));
console.log('at work');
