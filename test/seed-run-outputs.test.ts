import { describe, expect, it } from '@jest/globals';
import { lstat, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { sha256, tree } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';

const opened = testInstallation();

const point = '{"type":"Point","coordinates":[1,2]}';

describe('the harvest', () => {
  it.concurrent('takes what the globs say and nothing else', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'leaves-a-lot',
      outputs: [
        { name: 'PNG', pattern: '*.png', multiple: true, mediaType: 'image/x-own' },
        { name: 'BELOW', pattern: 'sub/??.[a-c]*', multiple: true },
        { name: 'EVERYTHING', pattern: '*', multiple: true },
        { name: 'DOT', pattern: '.dot*' },
        { name: 'ODD', pattern: 'odd[*]' },
        { name: 'NONE', pattern: '**/deep.txt', required: false },
      ],
      script: `cd $OUTPUT_DIR
        echo 1 > a.png; echo 2 > 'b c.png'; : > empty.png; echo '${point}' > a.png.metadata.json; echo '{}' > seed.outputs.json
        mkdir -p sub/deeper; echo 3 > sub/ab.c; echo 4 > sub/abc.c; echo 5 > sub/ab.d; echo 6 > sub/deeper/deep.txt
        echo 7 > .dot; echo 8 > .hidden; mkdir dir.png; mkfifo pipe.png
        ln -s a.png inside.png; ln -s /scale/output_data/sub/ab.c absolute.png; ln -s /etc/passwd outside.png
        ln -s ../../../../etc/hostname climbing.png; ln -s nowhere broken.png; ln -s . loop.png; ln -s sub linked
        echo 9 > setuid; chmod 6755 setuid; chmod 2777 sub; echo 10 > "$(printf 'new\\nline')"; echo 11 > 'odd*'`,
    });
    const { document, exit, out } = await seedbed.seedRun([image]);
    expect([exit, document.error]).toEqual([0, null]);
    const names = Object.fromEntries(
      Object.entries(document.outputs.files).map(([name, files]) => [
        name,
        files.map((file) => path.relative(out, file.path)),
      ]),
    );
    const pngs = ['a.png', 'absolute.png', 'b c.png', 'empty.png', 'inside.png'];
    expect(names).toEqual({
      PNG: pngs,
      BELOW: ['sub/ab.c'],
      EVERYTHING: [...pngs, 'new\nline', 'odd*', 'setuid'].sort(),
      DOT: ['.dot'],
      ODD: ['odd*'],
    });
    const [a] = document.outputs.files.PNG!;
    expect(a).toMatchObject({
      file_name: 'a.png',
      file_size: 2,
      sha256: sha256('1\n'),
      media_type: 'image/x-own',
      geometry: { type: 'Point', coordinates: [1, 2] },
    });
    const warned = document.warnings
      .filter(({ name }) => name === 'not-captured')
      .map(({ description }) => description);
    for (const name of [
      'dir.png',
      'pipe.png',
      'outside.png',
      'climbing.png',
      'broken.png',
      'loop.png',
      'linked',
    ])
      expect(warned.join('\n')).toMatch(new RegExp(`^.?${name.replace('.', '\\.')}.? matches`, 'm'));
    expect(document.warnings).toContainEqual({
      name: 'uncaptured-files',
      description: expect.stringContaining('sub/abc.c'),
    });
    expect((await stat(path.join(out, 'setuid'))).mode & 0o7777).toBe(0o755);
    expect((await stat(path.join(out, 'sub'))).mode & 0o7000).toBe(0);
    expect((await lstat(path.join(out, 'outside.png'))).isSymbolicLink()).toBe(true);
    expect((await tree(out)).filter((name) => name.includes('.seedbed'))).toEqual([]);
  });

  it.concurrent.each([
    [
      'missing-required-output',
      { outputs: [{ name: 'A', pattern: '*.tif' }], script: 'touch $OUTPUT_DIR/a.TIF' },
      /\*\.tif.*required output A/,
    ],
    [
      'missing-required-output',
      { outputs: [{ name: 'A', pattern: 'd' }], script: 'mkdir $OUTPUT_DIR/d' },
      /required output A/,
    ],
    [
      'unexpected-multiple-outputs',
      { outputs: [{ name: 'A', pattern: '*.a' }], script: 'cd $OUTPUT_DIR; touch 1.a 2.a' },
      /2 match \*\.a: "1.a", "2.a"/,
    ],
    [
      'missing-required-output',
      { outputJson: [{ name: 'N', type: 'integer' }], script: 'true' },
      /seed\.outputs\.json.*N/,
    ],
    [
      'missing-required-output',
      {
        outputJson: [{ name: 'N', type: 'integer' }],
        script: `echo '{"n":1}' > $OUTPUT_DIR/seed.outputs.json`,
      },
      /it has "n", and case counts/,
    ],
    [
      'invalid-results-manifest',
      {
        outputJson: [{ name: 'N', type: 'integer', key: 'k' }],
        script: `echo '{"k":1.5}' > $OUTPUT_DIR/seed.outputs.json`,
      },
      /"k" must be/,
    ],
    [
      'invalid-results-manifest',
      {
        outputJson: [{ name: 'N', type: 'integer' }],
        script: `echo '{"N":1,}' > $OUTPUT_DIR/seed.outputs.json`,
      },
      /line 1, column/,
    ],
    [
      'invalid-results-manifest',
      {
        outputJson: [{ name: 'N', type: 'array' }],
        script: `yes '[' | head -n 1000000 | tr -d '\\n' > $OUTPUT_DIR/seed.outputs.json`,
      },
      /nested more than 100/,
    ],
    [
      'invalid-results-manifest',
      {
        outputJson: [{ name: 'N', type: 'array' }],
        script: 'ln -s /etc/passwd $OUTPUT_DIR/seed.outputs.json',
      },
      /link|regular|leaves/,
    ],
    [
      'invalid-metadata',
      {
        outputs: [{ name: 'A', pattern: 'a' }],
        script: `cd $OUTPUT_DIR; touch a; echo '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}' > a.metadata.json`,
      },
      /a\.metadata\.json.*(ring|closed|four|4)/,
    ],
    [
      'invalid-metadata',
      {
        outputs: [{ name: 'A', pattern: 'a' }],
        script: `cd $OUTPUT_DIR; touch a; echo '{"type":"Feature","geometry":null,"properties":{"dataStarted":"2019-10-14T00:00:00"}}' > a.metadata.json`,
      },
      /dataStarted.*offset/,
    ],
    [
      'invalid-metadata',
      {
        outputs: [{ name: 'A', pattern: 'a' }],
        script: `cd $OUTPUT_DIR; touch a; echo '{"type":"Feature","geometry":null,"properties":{"dataStarted":"2019-10-14T00:00:00Z","dataEnded":"2019-10-13T00:00:00Z"}}' > a.metadata.json`,
      },
      /before/,
    ],
    [
      'unreadable-output',
      {
        script: `cd $OUTPUT_DIR; d=$(head -c 200 /dev/zero | tr '\\0' d); top=/scale/output_data
          for i in $(seq 19); do mkdir $d && cd $d; done; cd $top; for up in 1 2; do mkdir x; mv $d x/; mv x $d; done`,
      },
      /path is longer/,
    ],
    [
      'invalid-metadata',
      { outputs: [{ name: 'A', pattern: 'a' }], script: 'cd $OUTPUT_DIR; touch a; mkfifo a.metadata.json' },
      /not a regular file/,
    ],
    [
      'unreadable-output',
      {
        outputs: [{ name: 'A', pattern: 'a*', multiple: true }],
        script: `touch "$OUTPUT_DIR/a$(printf '\\377')"`,
      },
      /UTF-8/,
    ],
  ] as const)('fails the job as %s (%#)', async (name, parts, message) => {
    const seedbed = await opened;
    const { document, exit } = await seedbed.seedRun([await jobImage({ name: 'breaks-rules', ...parts })]);
    expect([exit, document.status, document.error?.name, document.exit_code]).toEqual([1, 'failed', name, 0]);
    expect(document.error).toMatchObject({ category: 'job', message: expect.stringMatching(message) });
    expect(document.outputs).toEqual({ files: {}, json: {} });
  });

  it.concurrent('reads JSON outputs by key, with their case and all their digits', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'leaves-json',
      outputJson: [
        { name: 'WHOLE', type: 'integer', key: 'theWhole' },
        { name: 'number', type: 'number' },
        { name: 'TEXT', type: 'string' },
        { name: 'FLAG', type: 'boolean' },
        { name: 'LIST', type: 'array' },
        { name: 'OBJECT', type: 'object' },
        { name: 'ABSENT', type: 'string', required: false },
      ],
      script: `cat > $OUTPUT_DIR/seed.outputs.json <<'END'
{"theWhole": 5.0, "number": 1e3, "TEXT": "ünï\\n", "FLAG": false, "LIST": [null], "OBJECT": {"a": {"__proto__": 1}}, "extra": 1, "WHOLE": "no", "absent": "x"}
END`,
    });
    const { document, exit } = await seedbed.seedRun([image]);
    expect([exit, document.error]).toEqual([0, null]);
    expect(JSON.stringify(document.outputs.json)).toBe(
      '{"WHOLE":5,"number":1000,"TEXT":"ünï\\n","FLAG":false,"LIST":[null],"OBJECT":{"a":{"__proto__":1}}}',
    );
    expect(document.warnings).toContainEqual({
      name: 'misspelt-output',
      description: expect.stringContaining('"absent"'),
    });
    const [job] = await seedbed.query<{ output: object }>(
      `select j.output from job j join job_type t on t.id = j.job_type_id where t.name = 'leaves-json'`,
    );
    expect(job!.output).toMatchObject({ version: '7', files: {}, json: { WHOLE: 5, LIST: [null] } });
  });

  it.concurrent('can be written by any user of an image', async () => {
    const seedbed = await opened;
    const image = await jobImage(
      {
        name: 'somebody-else',
        outputs: [{ name: 'A', pattern: 'd/a' }],
        script: 'umask 077; cd $OUTPUT_DIR; mkdir d; id -u > d/a',
      },
      ['USER 4321:4321'],
    );
    const { document, out } = await seedbed.seedRun([image]);
    expect(document.error).toBeNull();
    expect(await readFile(path.join(out, 'd/a'), 'utf8')).toBe('4321\n');
  });
});

describe('where outputs go', () => {
  it.concurrent('is a directory of their own, never a mixture', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'one-output',
      outputs: [{ name: 'A', pattern: 'a' }],
      script: 'echo a > $OUTPUT_DIR/a',
    });
    const cwd = await seedbed.directory();
    const unnamed = await seedbed.run([image, '--format', 'json'], { cwd });
    expect(unnamed.exit).toBe(0);
    const [made] = await tree(cwd);
    expect(made).toMatch(/^output-one-output-\d{8}T\d{6}Z\/$/);
    expect(await tree(path.join(cwd, made!))).toEqual(['a']);

    const empty = await seedbed.directory();
    await seedbed.seedRun([image, '-o', empty]);
    expect(await tree(empty)).toEqual(['a']);
    const both = await Promise.all([
      seedbed.seedRun([image, '-o', empty]),
      seedbed.seedRun([image, '-o', `${empty}/.`]),
    ]);
    const paths = both.map(({ document }) => path.relative(empty, document.outputs.files.A![0]!.path)).sort();
    expect(paths).toEqual([
      expect.stringMatching(/^\d{8}T\d{6}Z(-\d+)?\/a$/),
      expect.stringMatching(/^\d{8}T\d{6}Z(-\d+)?\/a$/),
    ]);
    expect(paths[0]).not.toBe(paths[1]);
    expect((await tree(empty)).sort()).toEqual(
      ['a', ...paths.flatMap((file) => [`${path.dirname(file)}/`, file])].sort(),
    );

    const fresh = path.join(await seedbed.directory(), 'x', 'ünï y');
    const racing = await Promise.all([1, 2, 3].map(() => seedbed.seedRun([image, '-o', fresh])));
    const places = racing.map(({ document }) => document.outputs.files.A![0]!.path);
    expect(new Set(places).size).toBe(3);
    expect(
      new Set(racing.flatMap(({ document }) => document.outputs.files.A!.map(({ id }) => id))).size,
    ).toBe(3);
  });

  it.concurrent('keeps what a failed job left, uncatalogued', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'fails-half-way',
      outputs: [{ name: 'A', pattern: 'a' }],
      script: 'echo a > $OUTPUT_DIR/a; echo why >&2; exit 3',
      errors: [
        { code: 3, name: 'bad-data', title: 'Bad data', description: 'The data is bad.', category: 'data' },
        { code: 4, name: 'only-a-name' },
      ],
    });
    const { document, exit, out } = await seedbed.seedRun([image]);
    expect([exit, document.status, document.exit_code]).toEqual([1, 'failed', 3]);
    expect(document.error).toEqual({
      name: 'bad-data',
      title: 'Bad data',
      category: 'data',
      code: 'SB2002',
      message: expect.stringMatching(/exit code 3: The data is bad; read its standard error: .*stderr\.log$/),
    });
    expect(await readFile(document.logs.stderr!, 'utf8')).toBe('why\n');
    expect(await readFile(path.join(out, 'a'), 'utf8')).toBe('a\n');
    expect(
      await seedbed.query('select 1 from scale_file where file_path = $1', [path.join(out, 'a').slice(1)]),
    ).toEqual([]);
    const other = await seedbed.seedRun([
      await jobImage({
        name: 'fails-half-way',
        script: 'exit 4',
        errors: [
          { code: 4, name: 'only-a-name' },
          { code: 0, name: 'zero' },
        ],
      }),
    ]);
    expect(other.document.error).toMatchObject({
      name: 'only-a-name',
      title: 'only-a-name',
      category: 'job',
    });
    const unmapped = await seedbed.seedRun([await jobImage({ script: 'exit 5' })]);
    expect(unmapped.document.error).toMatchObject({ name: 'job-failed', category: 'job' });
  });
});
