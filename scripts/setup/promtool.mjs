import { existsSync } from 'node:fs';
import { say } from './report.mjs';
import { debianRelease, hasProgram } from './system.mjs';
import { unpack, unpackedIn } from './unpack.mjs';

/**
 * What judges `GET /metrics`: `promtool` in PATH, or that of the distribution's package prometheus, unpacked in `.cache`
 * (19 MB to fetch). Not installed, because that would start a Prometheus.
 */
export async function ensurePromtool() {
  if (process.env.SEEDBED_TEST_PROMTOOL || hasProgram('promtool') || existsSync(unpackedIn('prometheus')))
    return say('promtool', 'it is there');
  if (!debianRelease())
    return say(
      'promtool',
      'no promtool here, so the test that needs it will fail; SEEDBED_TEST_PROMTOOL names its program',
    );
  say('promtool', 'unpacking it from the package prometheus ...');
  await unpack('prometheus', ['usr/bin/promtool']);
  say('promtool', 'unpacked in .cache');
}
