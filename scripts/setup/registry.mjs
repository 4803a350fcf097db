import { existsSync } from 'node:fs';
import { say } from './report.mjs';
import { debianRelease, hasProgram } from './system.mjs';
import { unpack, unpackedIn } from './unpack.mjs';

const name = 'docker-registry';

/**
 * The image registry that tests start: `docker-registry` in PATH, or the distribution's package, unpacked in `.cache`.
 * It is not installed, because an installed one would run as a service on port 5000 from then on.
 */
export async function ensureRegistry() {
  if (process.env.SEEDBED_TEST_REGISTRY || hasProgram(name) || existsSync(unpackedIn(name)))
    return say('registry', `${name} is there`);
  if (!debianRelease())
    return say(
      'registry',
      `no ${name} here, so tests that need one will fail; SEEDBED_TEST_REGISTRY names its program`,
    );
  say('registry', `unpacking ${name} ...`);
  await unpack(name);
  say('registry', `${name} unpacked in .cache`);
}
