import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase, testHome } from './database.ts';
import { type Ran, runInShell } from './docs-shell.ts';
import { type Command, readSteps } from './docs-transcript.ts';
import { removeImages, testDocker } from './engine.ts';
import { freePort } from './ports.ts';
import { startTestRegistry } from './registry.ts';

const root = path.join(import.meta.dirname, '../..');

/** A reader's working directory, with the sample jobs in it and an empty catalogue; the commands are on its PATH. */
interface Desk {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  clear(): Promise<void>;
}

/** Does everything that a page tells its reader to do, but for the commands that `isLeftOut`. */
export async function follow(page: string, isLeftOut: (command: string) => boolean): Promise<Ran[]> {
  const { files, commands } = readSteps(page);
  const toRun = commands.filter(({ text }) => !isLeftOut(text));
  if (toRun.length === 0) return [];
  const desk = await sitDown();
  const hasService = toRun.some(({ text }) => /^seed serve\b/.test(text));
  const port = hasService ? await freePort() : undefined;
  const registry = page.includes('$REGISTRY') ? await startTestRegistry({ deletion: true }) : undefined;
  try {
    for (const [name, content] of files) {
      await mkdir(path.join(desk.cwd, path.dirname(name)), { recursive: true });
      await writeFile(path.join(desk.cwd, name), content);
    }
    const env = {
      ...desk.env,
      ...(registry && { REGISTRY: registry.host }),
      ...(port !== undefined && { SEED_URL: `http://127.0.0.1:${port}` }),
    };
    // The usual port may be taken here.
    const adapted = toRun.map((command) => ({
      ...command,
      text: command.text.replace(/^seed serve\b/, `seed serve --port ${port}`),
    }));
    return await runInShell(adapted, { cwd: desk.cwd, env });
  } finally {
    await desk.clear();
    await registry?.stop();
    await removeImages('my-job-', ...(registry ? [registry.host] : []));
  }
}

/** The commands that a page shows. */
export function commandsOf(page: string): readonly Command[] {
  return readSteps(page).commands;
}

async function sitDown(): Promise<Desk> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'seedbed-test-docs-'));
  await cp(path.join(root, 'sample-jobs'), path.join(cwd, 'sample-jobs'), { recursive: true });
  await symlink(path.join(root, 'dist'), path.join(cwd, 'dist'));
  await mkdir(path.join(cwd, '.bin'));
  for (const command of ['seed', 'seed-run'])
    await symlink(path.join(root, `dist/${command}.js`), path.join(cwd, '.bin', command));
  const home = await testHome();
  // Where the tests run for the oldest Postgres, the documented commands do too, by DATABASE_URL.
  const database = process.env.SEED_TEST_POSTGRES === '14' ? await testDatabase() : undefined;
  const { DATABASE_URL: _, ...inherited } = process.env;
  const searched = `${path.join(cwd, '.bin')}:${process.env.PATH}`;
  return {
    cwd,
    env: {
      ...inherited,
      PATH: searched,
      SEED_HOME: home.home,
      NO_COLOR: '1',
      ...(database && { DATABASE_URL: database.url }),
    },
    clear: async () => {
      await removeContainers(home.home);
      await home.remove();
      await database?.drop();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}

/** Containers that were kept; the names of the logs' directories say which installation made them. */
async function removeContainers(home: string): Promise<void> {
  const installations = await readdir(path.join(home, 'logs')).catch(() => []);
  const { docker, close } = await testDocker();
  try {
    for (const installation of installations) {
      const filters = { label: [`seedbed.installation=${installation}`] };
      for (const { Id } of await docker.listContainers({ all: true, filters }))
        await docker.getContainer(Id).remove({ force: true, v: true });
    }
  } finally {
    close();
  }
}
