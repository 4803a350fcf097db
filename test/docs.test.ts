import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settings } from '../runtime/config/index.ts';
import { registry } from '../runtime/errors/index.ts';
import { expandCommand } from '../runtime/execution/command.ts';
import { judgeManifestText } from '../runtime/manifest/index.ts';
import { sectionsOf } from '../scripts/docs/pages.ts';
import { sections } from '../scripts/docs/sections.ts';
import {
  batchValidator,
  builtValidator,
  doctorValidator,
  filesPageValidator,
  imagesValidator,
  importResultValidator,
  ingestResultValidator,
  planValidator,
  recipeResultValidator,
  resultValidator,
  validationValidator,
} from '../seed-schema/index.ts';
import { testDatabase } from './support/database.ts';
import { anchorsOf, localLinks } from './support/docs-links.ts';
import { commandsOf, follow } from './support/docs-page.ts';
import { printsAsShown } from './support/docs-transcript.ts';
import { testDocker } from './support/engine.ts';

const root = path.join(import.meta.dirname, '..');
const docs = (await readdir(path.join(root, 'docs'))).filter((name) => name.endsWith('.md'));
const names = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map((name) => `docs/${name}`)];
const pages = new Map<string, string>();
for (const name of names) pages.set(name, await readFile(path.join(root, name), 'utf8'));
const page = (name: string) => pages.get(name)!;

/** Commands of the pages that are not run here, and why. */
const leftOut: [RegExp, string][] = [
  [/^git clone |^cd seedbed$/, 'this checkout is what they give'],
  [
    /^npm (run demo|test)\b|^npm run bench:/,
    'they run for minutes; each has tests of its own, or is what runs this',
  ],
  [/^npm (link|run (docs|build|format))$/, 'they change the machine or the checkout'],
  [/^export REGISTRY=/, 'the registry of these tests is elsewhere'],
  [/\bdocker compose\b|\bstamped-by-cluster\b/, '`npm run test:cluster` runs them'],
  [/^psql /, 'Postgres brings it, and nobody who uses the embedded server needs it'],
];
const isLeftOut = (command: string) => leftOut.some(([pattern]) => pattern.test(command));

describe('the commands of the pages', () => {
  const guideImage = 'track-report-1.0.0-seed:1.0.0';
  let hadImage = false;
  const image = async <T>(
    work: (image: { inspect(): Promise<unknown>; remove(): Promise<unknown> }) => Promise<T>,
  ) => {
    const { docker, close } = await testDocker();
    try {
      return await work(docker.getImage(guideImage));
    } finally {
      close();
    }
  };
  beforeAll(async () => {
    hadImage = await image((found) =>
      found.inspect().then(
        () => true,
        () => false,
      ),
    );
  });
  afterAll(async () => {
    if (!hadImage) await image((found) => found.remove().catch(() => undefined));
  });

  it.each(names.filter((name) => commandsOf(page(name)).some(({ text }) => !isLeftOut(text))))(
    '%s: each works, and prints what the page shows',
    async (name) => {
      const ran = await follow(page(name), isLeftOut);
      const wrong = ran.filter(({ command, printed, exitCode }, index) => {
        const failureIsShown = ran[index + 1]?.command.text === 'echo $?';
        if (exitCode !== 0 && !failureIsShown) return true;
        return command.shown.length > 0 && !printsAsShown(command.shown, printed);
      });
      expect(wrong).toEqual([]);
    },
    600_000,
  );

  it('are left out only if a page has them', () => {
    const all = [...pages.values()].flatMap((text) => commandsOf(text).map(({ text: command }) => command));
    const unused = leftOut.filter(([pattern]) => !all.some((command) => pattern.test(command)));
    expect(unused).toEqual([]);
  });
});

describe('a transcript', () => {
  const printed = 'build: 12.5 ms\nout | /tmp/x/a.png: 3 MiB\n\n\u2714 job 1.0.0 completed in 3.2 s\n';

  it.each([
    [
      'as it was',
      ['build: 3 min 2 s', 'out | /home/ada/a.png: 4.5 KiB', '', '\u2714 job 1.0.0 completed in 1 ms'],
      true,
    ],
    ['shortened', ['build: 1 ms', '...', '\u2714 job 1.0.0 completed in 1 ms'], true],
    ['without its end', ['build: 1 ms', 'out | /a.png: 4.5 KiB'], false],
    ['with another file', ['build: 1 ms', 'out | /b.png: 4.5 KiB', '...'], false],
    ['with a line that never came', ['...', 'harvest: 3 ms', '...'], false],
    ['with another outcome', ['...', '\u2714 job 1.0.0 failed in 1 ms'], false],
  ])('%s', (_, shown, matches) => {
    expect(printsAsShown(shown, printed)).toBe(matches);
  });

  it('calls every machine laptop, and nothing else', () => {
    expect(printsAsShown(['On laptop 2 jobs run'], `On ${hostname()} 3 jobs run\n`)).toBe(true);
    expect(printsAsShown(['On laptop 2 jobs run'], 'On another 3 jobs run\n')).toBe(false);
  });
});

describe('docs/execution.md', () => {
  const path = '/scale/input_data/FILE/a b.tif';
  const variables = new Map([
    ['FILE', { value: path, splittable: false }],
    ['WORDS', { value: 'two words', splittable: true }],
  ]);
  const [, table = ''] = /<!-- expansions -->\n\n([^]*?)\n\n/.exec(page('docs/execution.md')) ?? [];
  const rows = table
    .split('\n')
    .slice(2)
    .map((row) => row.replaceAll('\\|', '\0').split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('\0', '|')));

  it('has examples of the expansion', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('%s becomes %s', (command, shown) => {
    const expected = [...shown!.matchAll(/`([^`]*)`(?: |$)/g)].map(([, argument]) => argument);
    expect(expandCommand(command!.slice(1, -1), variables)).toEqual(expected);
  });
});

describe('generated sections', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/docs.mjs', ...args], { cwd: root }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, output: stderr }),
    );

  it('are fresh', async () => {
    expect(await run('--check')).toMatchObject({ code: 0 });
  });

  it('are reported when they are stale', async () => {
    const copy = await mkdtemp(path.join(tmpdir(), 'seedbed-test-docs-'));
    await cp(path.join(root, 'docs'), copy, { recursive: true });
    const stale = page('docs/errors.md').replace('### SB1001', '### SB1000');
    await writeFile(path.join(copy, 'errors.md'), stale);
    const { code, output } = await run('--check', copy);
    await rm(copy, { recursive: true });
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining('errors.md is stale'),
    });
  });

  it('each stand in a page', () => {
    const found = [...pages.values()].flatMap(sectionsOf);
    expect(found.toSorted()).toEqual(Object.keys(sections).toSorted());
  });

  it('name every error and every setting', () => {
    const entries = [...page('docs/errors.md').matchAll(/^### (\S+) (\S+)$/gm)].map(([, code, name]) => [
      name,
      code,
    ]);
    expect(Object.fromEntries(entries)).toEqual(
      Object.fromEntries(Object.entries(registry).map(([name, { code }]) => [name, code])),
    );
    for (const name of Object.keys(settings))
      expect(page('docs/configuration.md')).toContain(`| \`${name}\` |`);
  });
});

describe('links', () => {
  it.each(names)('%s: every one leads somewhere', async (name) => {
    const broken: string[] = [];
    for (const link of localLinks(page(name))) {
      const target = link.path === '' ? name : path.join(path.dirname(name), link.path);
      const there = await stat(path.join(root, target)).catch(() => undefined);
      const anchors = there?.isFile()
        ? anchorsOf(await readFile(path.join(root, target), 'utf8'))
        : new Set<string>();
      if (!there || (link.anchor !== undefined && !anchors.has(link.anchor)))
        broken.push(`${link.path}#${link.anchor ?? ''}`);
    }
    expect(broken).toEqual([]);
  });
});

describe('docs/command.md', () => {
  it.each([
    ['seed-run.js', []],
    ['seed.js', []],
    ['seed.js', ['run']],
    ['seed.js', ['validate']],
    ['seed.js', ['files']],
    ['seed.js', ['serve']],
    ...[
      'submit',
      'submit-recipe',
      'jobs',
      'job',
      'recipe',
      'recipes',
      'reprocess',
      'why',
      'logs',
      'cancel',
      'requeue',
      'nodes',
      'get',
      'retention',
      'purge',
      'types',
      'users',
      'tokens',
      'recipe-types',
      'recipe-type',
      'save-recipe-type',
      'strikes',
      'scans',
      'ingests',
      'datasets',
      'schedules',
      'ingest',
      'import-scale',
    ].map((name): [string, string[]] => ['seed.js', [name]]),
  ])('has every option that %s %p --help has', async (program, subcommand) => {
    const help = [path.join(root, 'dist', program), ...subcommand, '--help'];
    const { stdout } = await promisify(execFile)(process.execPath, help);
    const options = [...stdout.matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm)].flatMap(([, short, long]) => [
      short,
      long,
    ]);
    expect(options.length).toBeGreaterThan(3);
    const text = page('docs/command.md');
    expect(options.filter((option) => option && !new RegExp(`\`${option}\\b`).test(text))).toEqual([]);
  });
});

describe('docs/result-document.md', () => {
  it('has every warning of a run', async () => {
    const warnings = new Set<string>();
    for (const folder of ['runtime/execution', 'runtime/cli/run'])
      for (const name of await readdir(path.join(root, folder))) {
        if (name.endsWith('.test.ts')) continue;
        const source = await readFile(path.join(root, folder, name), 'utf8');
        for (const [, warning] of source.matchAll(/name: '([\w-]+)',\s*description/g)) warnings.add(warning!);
      }
    expect(warnings.size).toBeGreaterThan(4);
    const text = page('docs/result-document.md');
    expect([...warnings].filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('examples', () => {
  const validators = {
    result: resultValidator,
    plan: planValidator,
    'files-page': filesPageValidator,
    validation: validationValidator,
    images: imagesValidator,
    built: builtValidator,
    diagnosis: doctorValidator,
    ingest: ingestResultValidator,
    import: importResultValidator,
    batch: batchValidator,
    'recipe-result': recipeResultValidator,
  };

  it.each(Object.keys(validators) as (keyof typeof validators)[])('of a %s document is valid', (kind) => {
    const fence = new RegExp(`<!-- example: ${kind} -->\\n\`\`\`json\\n([^]*?)\`\`\``);
    const [, text = ''] = fence.exec(page('docs/result-document.md')) ?? [];
    expect(validators[kind].problems(JSON.parse(text))).toEqual([]);
  });

  it.each(['README.md', 'docs/guide-first-job.md'])('%s: its manifest deserves no warning', (name) => {
    const [, manifest = ''] = /```json\n(\{\n {2}"seedVersion"[^]*?)```/.exec(page(name)) ?? [];
    expect(judgeManifestText(manifest)).toMatchObject({ is_valid: true, errors: [], warnings: [] });
  });
});

describe('docs/catalogue.md', () => {
  it('has every table, and every column of scale_file', async () => {
    const database = await testDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(`
      select table_name as name from information_schema.tables
        where table_schema = 'public' and table_name !~ '^event_\\d|^migration'
      union select column_name from information_schema.columns where table_name = 'scale_file'`);
    await client.end();
    await database.drop();
    expect(rows.length).toBeGreaterThan(40);
    const text = page('docs/catalogue.md');
    expect(rows.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
