import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testDocker } from './engine.ts';
import { workbench } from './engine-workbench.ts';
import { containerName, label } from '../../runtime/engine/docker/names.ts';

/** Run in a container that has the engine's socket: one job for each directory given; prints what became of them. */
const results = [];
const { docker, close } = await testDocker();
for (const directory of process.argv.slice(2)) {
  await mkdir(directory, { recursive: true });
  const bench = await workbench(process.env, directory);
  const source = path.join(directory, 'input');
  await writeFile(source, `input in ${directory}`);
  const staged = [{ source, target: '/in', mode: 'ro' as const, name: 'IN' }];
  const spec = await bench.job(['sh', '-c', 'cat /in; cp /in /scale/output_data/copy'], { staged });
  const key = bench.key();
  const { stdout, exitCode } = await bench.run(spec, key);
  const { Config } = await docker.getContainer(containerName(key)).inspect();
  const copy = await readFile(path.join(spec.output.directory, 'copy'), 'utf8');
  results.push({ directory, stdout, exitCode, copy, staging: Config.Labels[label.staging] });
  await bench.close();
}
close();
process.stdout.write(JSON.stringify(results));
