import { existsSync } from 'node:fs';
import { SetupError, say } from './report.mjs';
import { hasProgram, install, mayInstall } from './system.mjs';

/** What the images of tests and benchmarks are made from. */
export const busybox = {
  busybox: { package: 'busybox-static', what: 'makes up the images of the tests (2 MB, 1 s)' },
};

/**
 * Programs that tests run besides the engine: the package that brings each, and what it is for; with `file` where it is no
 * program in PATH.
 */
const testTools = {
  ...busybox,
  cwltool: {
    package: 'cwltool',
    what: 'judges and runs what `seed convert --to cwl` makes (48 MB, 15 s)',
  },
  'python3-prov': {
    package: 'python3-prov',
    file: '/usr/lib/python3/dist-packages/prov/model.py',
    what: 'reads what `seed provenance` prints (40 MB, 15 s)',
  },
  zsh: { package: 'zsh', what: 'completes words by `seed completion zsh` (15 MB, 3 s)' },
};

/** What `npm run test:cluster` needs where Docker's own `compose` is missing. */
export const compose = {
  'docker-compose': { package: 'docker-compose', what: 'runs docker-compose.yml (30 MB, 20 s)' },
};

/** Every one of them is there, or is installed. */
export async function ensureTools(tools = testTools) {
  const isThere = (name) => (tools[name].file ? existsSync(tools[name].file) : hasProgram(name));
  const missing = Object.keys(tools).filter((name) => !isThere(name));
  if (missing.length > 0 && !mayInstall())
    throw new SetupError(
      `The tests need ${missing.map((name) => `${name}, which ${tools[name].what}`).join('; ')}. Only root on Debian or Ubuntu ` +
        'can have them installed by this script; install them, and repeat.',
    );
  if (missing.length > 0)
    await install(
      'test tools',
      missing.map((name) => tools[name].package),
    );
  say('test tools', 'they are there');
}
