import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureBaseImages } from './setup/base-images.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureEngine } from './setup/engine.mjs';
import { runScript, say } from './setup/report.mjs';
import { root } from './setup/root.mjs';

const job = 'sample-jobs/image-watermark';

await runScript(async () => {
  await ensureDependencies();
  await ensureBuild();
  process.env.DOCKER_HOST = await ensureEngine();
  await ensureBaseImages(process.env.DOCKER_HOST);

  const output = freshDirectory();
  const code = await command('seed-run.js', [job, '-o', output]);
  if (code !== 0) return code;

  const products = readdirSync(output, { recursive: true }).filter((name) => name.endsWith('_watermark.png'));
  for (const name of products) {
    const file = path.join(output, name);
    say('product', `${file}, ${statSync(file).size} bytes`);
  }
  await command('seed.js', ['files']);
  console.log(`
Next:
  node dist/seed-run.js ${job} -i INPUT_IMAGE=<a PNG of yours>
  node dist/seed-run.js sample-jobs/extract-footprint    where and when was this picture taken?
  node dist/seed-run.js sample-jobs/image-tiles          many products of one job
  node dist/seed.js files --help                         search the catalogue
  docs/guide-first-job.md                                package your own`);
  return 0;
});

/** Runs one of our commands with its output shown. @returns its exit code */
function command(name, args) {
  console.log(`\n$ node dist/${name} ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join('dist', name), ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    child.on('error', reject).on('close', (code) => resolve(code ?? 1));
  });
}

/** `output-demo`, or the first `output-demo-N` that is free; .gitignore knows them. */
function freshDirectory() {
  for (let number = 1; ; number += 1) {
    const name = `output-demo-${number}`;
    if (!existsSync(path.join(root, name))) return name;
  }
}
