import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { attempt, run } from './command.mjs';
import { say } from './report.mjs';
import { root } from './root.mjs';
import { debianRelease, hasProgram, mayInstall } from './system.mjs';

const name = 'docker-registry';
const unpacked = path.join(root, '.cache', name);

/**
 * The image registry that tests start: `docker-registry` in PATH, or the distribution's package, unpacked in `.cache`.
 * It is not installed, because an installed one would run as a service on port 5000 from then on.
 */
export async function ensureRegistry() {
  if (process.env.SEEDBED_TEST_REGISTRY || hasProgram(name) || existsSync(unpacked))
    return say('registry', `${name} is there`);
  if (!debianRelease())
    return say(
      'registry',
      `no ${name} here, so tests that need one will fail; SEEDBED_TEST_REGISTRY names its program`,
    );
  say('registry', `unpacking ${name} ...`);
  await unpack();
  say('registry', `${name} unpacked in .cache`);
}

async function unpack() {
  const cache = path.dirname(unpacked);
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(path.join(cache, `${name}-`));
  try {
    const download = [['download', name], { cwd: directory }];
    const first = await attempt('apt-get', ...download);
    if (first.code !== 0) {
      if (mayInstall()) await run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'update']);
      await run('apt-get', ...download);
    }
    const archive = (await readdir(directory)).find((file) => file.endsWith('.deb'));
    await run('dpkg-deb', ['-x', archive, 'files'], { cwd: directory });
    await rename(path.join(directory, 'files'), unpacked);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
