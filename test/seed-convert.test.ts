import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { deliver } from '../runtime/execution/delivery.ts';
import { buildEnvironment } from '../runtime/execution/environment.ts';
import { expandCommand, type CommandVariable } from '../runtime/execution/command.ts';
import { allocate } from '../runtime/execution/resources.ts';
import { completeManifest } from '../runtime/manifest/complete-manifest.fixture.ts';
import { commandData } from '../runtime/manifest/convert/cwl/command.ts';
import { commandLibrary } from '../runtime/manifest/convert/cwl/command-library.ts';
import { library } from '../runtime/manifest/convert/cwl/library.ts';
import { patternLibrary } from '../runtime/manifest/convert/cwl/pattern-library.ts';
import { convertToCwl, type CwlTool } from '../runtime/manifest/convert/cwl/tool.ts';
import { readList, tree, writeFiles } from './support/cli-files.ts';
import { type JobDraft, jobImage, manifestOf, quoted } from './support/cli-jobs.ts';
import { type Ended, startCommand, testInstallation } from './support/cli.ts';
import { testManifest } from './support/manifest.ts';

const root = path.join(import.meta.dirname, '..');
const opened = testInstallation();

async function convert(...args: string[]): Promise<Ended> {
  const { env } = await opened;
  return startCommand([process.execPath, path.join(root, 'dist/seed.js'), 'convert', ...args], { env }).ended;
}

async function cwltool(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return promisify(execFile)('cwltool', ['--disable-color', ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) =>
      ({ code, stdout, stderr }) as { code: number; stdout: string; stderr: string },
  );
}

const resources = {
  defaults: { cpus: 0.25, mem: 128, disk: 0 },
  minimums: { cpus: 0, mem: 0, disk: 0 },
};

/** The functions of a tool, and one of them called. @param job `seedJob` as text of JavaScript */
function call<Result>(job: string, expression: string, values: Readonly<Record<string, unknown>>): Result {
  const context = vm.createContext({ ...values });
  const result = vm.runInContext(
    `'use strict';\n${job}\n${library}\n${commandLibrary}\n${patternLibrary}\nJSON.stringify(${expression})`,
    context,
  ) as string;
  return JSON.parse(result) as Result;
}

function jobOf(tool: CwlTool): string {
  const requirements = tool.requirements as { class: string; expressionLib: string[] }[];
  return requirements.find((one) => one.class === 'InlineJavascriptRequirement')!.expressionLib[0]!;
}

describe('the library of a converted tool', () => {
  const variables: Readonly<Record<string, CommandVariable>> = Object.fromEntries(
    Object.entries({
      V: 'abcabc',
      E: '',
      S: ' x  y ',
      T: 'a\tb\nc',
      B: 'a\\*b',
      P: 'a*',
      U: 'ünïß Ä😀',
      Q: `it's "q"`,
      D: '$V ${V} $(id) `id`',
      N_1: '1',
    })
      .map(([name, value]): [string, CommandVariable] => [name, { value, splittable: true }])
      .concat([['F', { value: '/data/a b; rm -rf $HOME.png', splittable: false }]]),
  );
  const cases = readFileSync(path.join(root, 'runtime/execution/command-bash.cases.txt'), 'utf8')
    .split('\n')
    .filter(Boolean);

  const ours = (command: string) => {
    try {
      return expandCommand(command, new Map(Object.entries(variables)));
    } catch {
      return undefined;
    }
  };
  const theirs = (command: string) => {
    try {
      const scope = Object.fromEntries(
        Object.entries(variables).map(([name, { value, splittable }]) => [
          `$${name}`,
          { value, splits: splittable },
        ]),
      );
      return call<string[]>('', 'seedCommand(words, scope)', { words: commandData(command), scope });
    } catch {
      return undefined;
    }
  };

  it('expands commands as a launch does', () => {
    const all = [
      ...cases,
      '${U//[[:alpha:]]/x} ${U%%[![:upper:]]*} ${V##*b} ${V#*b} ${V%b*} ${V%%b*} ${V//*/y} ${E/#/x} ${U^^} ${V:1:-2}',
      '${NONE:=a b} $NONE "${NONE}" ${F/#/-d } ${F// /_}',
    ];
    expect(all.length).toBeGreaterThan(60);
    expect(all.map((command) => [command, theirs(command)])).toEqual(
      all.map((command) => [command, ours(command)]),
    );
  });

  it('allots resources and names variables as a launch does', () => {
    const manifest = testManifest(completeManifest.job);
    const { result } = convertToCwl({
      manifest,
      image: 'a:1',
      imageEnvironment: undefined,
      where: 'x',
      ...resources,
    });
    const file = (name: string, size: number) => ({ class: 'File', basename: name, size });
    const inputs = {
      INPUT_FILE: file('a b.tif', 2_500_000),
      'extra-files': [file('b', 10), file('b', 20), file('2_b', 30)],
      threshold: 0.5,
      VERSION: 'v 1',
    };
    const { allocated } = allocate({
      scalar: manifest.job.resources.scalar,
      inputBytes: 2_500_060,
      overrides: new Map(),
      ...resources,
      available: { cpus: 64, mem: 1e6, gpus: true },
    });
    const { variables: expected, expandable } = buildEnvironment({
      interface: manifest.job.interface,
      files: new Map([
        ['INPUT_FILE', ['a b.tif']],
        ['extra-files', ['b', '3_b', '2_b']],
      ]),
      json: new Map([['threshold', '0.5']]),
      settings: new Map([['VERSION', 'v 1']]),
      allocated,
      identity: { jobId: 1, exeNum: 1 },
    });
    const values = { inputs, runtime: { outdir: '/scale/output_data' } };
    const scope = call<Record<string, { value: string }>>(
      jobOf(result),
      'seedScope(inputs, runtime)',
      values,
    );
    const { INPUT_METADATA: _, SCALE_JOB_ID: __, SCALE_EXE_NUM: ___, ...known } = expected;
    expect(
      Object.fromEntries(Object.entries(scope).map(([name, { value }]) => [name.slice(1), value])),
    ).toEqual(known);
    expect(call(jobOf(result), 'seedArguments(inputs, runtime)', values)).toEqual(
      expandCommand(manifest.job.interface.command!, expandable),
    );
    expect(result.inputs).toContainEqual(
      expect.objectContaining({ id: 'DB_PASS', type: 'string', default: '' }),
    );
    const names = ['b', 'b', '2_b', 'b'];
    expect(call('', 'seedDelivered(files)', { files: names.map((basename) => ({ basename })) })).toEqual(
      deliver(names.map((name, index) => ({ path: `/${index}/${name}`, size: 0, mode: 0 }))).map(
        ({ deliveredName }) => deliveredName,
      ),
    );
  });

  it.each([0.1 + 0.2, 5, 0.25, 1e-9, 123456789012, 1e22, 1024.5, 0])(
    'writes the amount %p alike',
    (amount) => {
      const { variables: expected } = buildEnvironment({
        interface: { inputs: { files: [], json: [] }, settings: [] },
        files: new Map(),
        json: new Map(),
        settings: new Map(),
        allocated: { x: amount },
        identity: { jobId: 1, exeNum: 1 },
      });
      expect(call('', 'seedAmountText(amount)', { amount })).toBe(expected.ALLOCATED_X);
    },
  );
});

const draft: JobDraft = {
  command: `sh -c ${quoted(
    [
      'for name in SINGLE EXTRA_FILES N LIST GREETING TOKEN OUTPUT_DIR ALLOCATED_CPUS ALLOCATED_MEM ALLOCATED_DISK',
      'do eval "printf \'%s=%s\\0\' $name \\"\\$$name\\""; done > "$OUTPUT_DIR/environment.txt"',
      'printf \'MAYBE=%s\\0\' "${MAYBE-unset}" >> "$OUTPUT_DIR/environment.txt"',
      'printf \'%s\\0\' "$@" > "$OUTPUT_DIR/arguments.txt"',
      'echo \'{"type": "Point", "coordinates": [1, 2]}\' > "$OUTPUT_DIR/arguments.txt.metadata.json"',
      'mkdir "$OUTPUT_DIR/parts"; i=0',
      'for file in "$SINGLE" "$EXTRA_FILES"/*; do i=$((i + 1)); { echo "$file"; cat "$file"; } > "$OUTPUT_DIR/parts/part $i.txt"; done',
      'echo \'{"type": "Point", "coordinates": [1, 2]}\' > "$OUTPUT_DIR/parts/part 1.txt.metadata.json"',
      'echo "{\\"n\\": $i, \\"all\\": [null, 1.5]}" > "$OUTPUT_DIR/seed.outputs.json"',
    ].join('\n'),
  )} "a 'job'" "\${SINGLE}" $SINGLE \${EXTRA_FILES/#/-d } \${MAYBE:+--maybe $MAYBE} \${OTHER:+--other} "" "\${TOKEN}" $GREETING \${N} \${LIST}`,
  files: [{ name: 'SINGLE' }, { name: 'extra-files', multiple: true }, { name: 'MAYBE', required: false }],
  json: [
    { name: 'N', type: 'integer' },
    { name: 'LIST', type: 'array' },
    { name: 'OTHER', type: 'string', required: false },
  ],
  settings: [{ name: 'GREETING' }, { name: 'TOKEN', secret: true }],
  outputs: [
    { name: 'N', pattern: 'arguments.*' },
    { name: 'ENVIRONMENT', pattern: './environment.txt' },
    { name: 'PARTS', pattern: 'parts/part [0-9].*', multiple: true },
    { name: 'NONE', pattern: 'none.*', required: false },
  ],
  outputJson: [
    { name: 'count', key: 'n', type: 'integer' },
    { name: 'all', type: 'array' },
    { name: 'more', type: 'object', required: false },
  ],
  scalar: [
    { name: 'cpus', value: 0.5 },
    { name: 'mem', value: 64, inputMultiplier: 2 },
    { name: 'disk', value: 1 },
  ],
  errors: [{ code: 3, name: 'three' }],
};

interface CwlFile {
  readonly basename: string;
  readonly path: string;
  readonly secondaryFiles?: readonly CwlFile[];
}

describe('seed convert --to cwl', () => {
  it.concurrent('makes a tool that gives what seed-run gives', async () => {
    const seedbed = await opened;
    const image = await jobImage(draft);
    const directory = await writeFiles(await seedbed.directory(), {
      'single/a b; $HOME.txt': 'one\n',
      'x/b.txt': 'two\n',
      'y/b.txt': 'three\n',
    });
    const file = (name: string) => ({ class: 'File', path: path.join(directory, name) });
    const tool = path.join(directory, 'tool.cwl.json');
    const order = path.join(directory, 'order.json');
    const outdir = path.join(directory, 'out');
    await writeFile(
      order,
      JSON.stringify({
        SINGLE: file('single/a b; $HOME.txt'),
        'extra-files': [file('x/b.txt'), file('y/b.txt')],
        N: 7,
        LIST: [1, null, 'a b'],
        GREETING: 'hello you',
        TOKEN: 's e cret',
      }),
    );
    const converted = await convert(image, '--to', 'cwl', '--without', 'MAYBE', '-o', tool);
    expect(converted).toMatchObject({ exit: 0, stdout: '' });
    const [ran, there] = await Promise.all([
      seedbed.seedRun([
        image,
        ...['-i', `SINGLE=${directory}/single/a b; $HOME.txt`],
        ...['-i', `extra-files=${directory}/x/b.txt`, '-i', `extra-files=${directory}/y/b.txt`],
        ...['-j', 'N=7', '-j', 'LIST=[1,null,"a b"]', '-e', 'GREETING=hello you', '-e', 'TOKEN=s e cret'],
      ]),
      cwltool('--enable-ext', '--relax-path-checks', '--outdir', outdir, tool, order),
    ]);
    expect([ran.exit, ran.stderr]).toEqual([0, expect.any(String)]);
    expect([there.code, there.stderr]).toEqual([0, expect.stringContaining('success')]);
    expect(there.stderr).not.toMatch(/s e cret|JSHINT/);
    const outputs = JSON.parse(there.stdout) as Record<string, CwlFile[] & CwlFile>;

    const content = (...at: string[]) => readFile(path.join(...at), 'utf8');
    expect(outputs['output.N']!.basename).toBe('arguments.txt');
    expect(await readList(outputs['output.N']!.path)).toEqual(
      await readList(path.join(ran.out, 'arguments.txt')),
    );
    expect((await readList(outputs.ENVIRONMENT!.path)).sort()).toEqual(
      (await readList(path.join(ran.out, 'environment.txt'))).sort(),
    );
    expect(outputs.PARTS!.map(({ basename }) => basename)).toEqual([
      'part 1.txt',
      'part 2.txt',
      'part 3.txt',
    ]);
    for (const { basename, path: place } of outputs.PARTS!)
      expect(await content(place)).toBe(await content(ran.out, 'parts', basename));
    expect(outputs['output.N']!.secondaryFiles).toMatchObject([{ basename: 'arguments.txt.metadata.json' }]);
    expect(outputs.PARTS!.map(({ secondaryFiles }) => secondaryFiles?.length ?? 0)).toEqual([1, 0, 0]);
    const { count, all, more, NONE } = outputs;
    expect({ count, all }).toEqual(ran.document.outputs.json);
    expect({ more, NONE }).toEqual({ more: null, NONE: null });
    expect(outputs['seed.outputs.json']).toMatchObject({ basename: 'seed.outputs.json' });
    expect((await tree(ran.out)).filter((name) => name.endsWith('/'))).toEqual(['parts/']);
  });

  it.concurrent('makes tools that cwltool finds valid, of whatever manifest', async () => {
    const seedbed = await opened;
    const odd = manifestOf({
      name: 'odd',
      command: `'$(id)' "\\$\\{x" \\\\ $'\\u2028\\'' "\${__proto__:-"}"}" \${A_B:=c} é`,
      files: [{ name: '1st' }, { name: 'a-b', required: false, multiple: true }],
      settings: [{ name: '__proto__' }, { name: 'class', secret: true }, { name: 'id', secret: true }],
      mounts: [{ name: '1st', path: '/m/' }],
      outputs: [
        { name: 'type', pattern: '/scale/output_data/$(a)/${b}\\*.[^a]' },
        { name: 'm', pattern: '**/x' },
      ],
      outputJson: [{ name: 'class', key: '"};${', type: 'object' }],
    });
    const directory = await writeFiles(await seedbed.directory(), { 'seed.json': JSON.stringify(odd) });
    const everything = path.join(root, 'sample-jobs/everything/seed.manifest.json');
    const judged = await Promise.all(
      [directory, everything].map(async (target, index) => {
        const file = path.join(directory, `${index}.cwl`);
        const { exit, stderr } = await convert(target, '--to', 'cwl', '-o', file);
        expect([exit, stderr]).toEqual([0, expect.stringContaining('are not set')]);
        return [await cwltool('--validate', file), stderr] as const;
      }),
    );
    for (const [{ code, stdout, stderr }] of judged) {
      expect([code, stdout]).toEqual([0, expect.stringContaining('is valid CWL')]);
      expect(stderr).not.toMatch(/JSHINT|previously defined/);
    }
    expect(judged[1]![1]).toMatch(/sharedMem and licences: only the ALLOCATED_ variable/);
    expect(judged[1]![1]).toMatch(/CACHE: the job writes into a copy/);
    expect(judged[0]![1]).toMatch(/1st is called mount\.1st, because/);
  });

  it.concurrent('refuses by name what would become another tool', async () => {
    const seedbed = await opened;
    const cases: [JobDraft, RegExp][] = [
      [{ command: '$HOME' }, /its command expands HOME, which only the image can say/],
      [{ command: '${SCALE_JOB_ID}' }, /its command expands SCALE_JOB_ID, which only Seedbed and Scale set/],
      [{ outputs: [{ name: 'A', pattern: '[[:digit:]].txt' }] }, /the pattern .* of the output A has a set/],
      [{ command: '"' }, /SB1020/],
    ];
    for (const [job, message] of cases) {
      const file = path.join(await seedbed.directory(), 'seed.json');
      await writeFile(file, JSON.stringify(manifestOf(job)));
      const { exit, stdout, stderr } = await convert(file, '--to', 'cwl');
      expect([exit, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
    }
    const image = await jobImage({ command: '$PATH $HOME' });
    const { exit, stdout } = await convert(image, '--to', 'cwl');
    expect(exit).toBe(0);
    const values = { inputs: {}, runtime: { outdir: '/o' } };
    const tool = JSON.parse(stdout) as CwlTool;
    expect(call(jobOf(tool), 'seedArguments(inputs, runtime)', values)).toEqual(['/bin']);
  });
});

describe('seed convert', () => {
  const old = (more: string) =>
    `{"seedVersion": "0.1.0", "job": {"name": "my_job", "jobVersion": "1.0.0", "packageVersion": "1.0.0", "title": "t",
      "description": "d", "maintainer": {"name": "n", "email": "e@x"}, "timeout": 3.6e1${more}}}`;

  it.concurrent('prints a manifest of 0.1 as one of 1.0.0, and says what is left to do', async () => {
    const seedbed = await opened;
    const directory = await writeFiles(await seedbed.directory(), { 'seed.manifest.json': old('') });
    const { exit, stdout, stderr } = await convert(directory);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^\{\n {2}"seedVersion": "1\.0\.0",\n {2}"job": \{\n {4}"name": "my-job",\n/);
    expect(stdout).toContain('"timeout": 3.6e1\n');
    expect(stderr).toMatch(/^seed convert: job\.name my_job has become my-job, .*\.\n$/);
    const file = path.join(directory, 'new.json');
    expect(await convert(directory, '-o', file)).toMatchObject({ exit: 0, stdout: '' });
    expect(await readFile(file, 'utf8')).toBe(stdout);
    expect(await convert(directory, '-o', file)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('it is there already'),
    });
    expect(await convert(file, '--to', '1.0.0', '-o', file, '--force')).toMatchObject({
      exit: 0,
      stderr: '',
    });
    expect(await readFile(file, 'utf8')).toBe(stdout);
    expect(await convert(file)).toMatchObject({ exit: 2, stderr: expect.stringContaining('say --to cwl') });
    await writeFile(path.join(directory, 'none.json'), '{}');
    expect(await convert(path.join(directory, 'none.json'))).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('(SB1004)'),
    });
    expect(await convert(directory, '--to', 'cwl')).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/has become my-job.*\n.*are not set/),
    });
  });

  it.concurrent('says everything that is still wrong, and what is not there', async () => {
    const seedbed = await opened;
    const file = path.join(await seedbed.directory(), 'seed.json');
    await writeFile(file, old(', "tagz": 1, "interface": {"outputs": {"files": [{"name": "A"}]}}'));
    const { exit, stdout, stderr } = await convert(file);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/`tagz` is not a member.*files\[0\]\.pattern is missing.*SB1052/);
    expect(await convert('./none.json')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('SB1002'),
    });
  });
});
