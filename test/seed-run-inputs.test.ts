import { describe, expect, it } from '@jest/globals';
import { chmod, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readList, sha256, writeFiles } from './support/cli-files.ts';
import { jobDirectory, jobImage } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';

const opened = testInstallation();

const evilNames = [
  'a b.png',
  'a,b=c',
  `it's "quoted".txt`,
  'new\nline',
  'c:d',
  'ünïcødé 漢字.tif',
  'a b; rm -rf $HOME.png',
  '--mount type=bind,source=x',
  '$(touch pwned)`id`',
  '*',
  '\\',
  '~',
  `${'n'.repeat(251)}.tif`,
];

describe('file inputs', () => {
  it.concurrent('arrive whole under their own names, read-only and without a copy', async () => {
    const seedbed = await opened;
    const inputs = await seedbed.directory();
    const contents = Object.fromEntries(evilNames.map((name) => [name, `content of ${name}`]));
    await writeFiles(inputs, { ...contents, empty: '' });
    const image = await jobImage({
      files: [{ name: 'FILES', multiple: true }],
      outputs: [{ name: 'LIST', pattern: 'list' }],
      script: `for f in "$FILES"/*; do
          printf '%s\\0%s\\0%s\\0' "$f" "$(stat -c %i "$f")" "$(sha256sum < "$f")"
        done > $OUTPUT_DIR/list
        cd "$FILES" && ! (echo x > new) && ! (echo x >> empty) && ! rm empty && ! mv empty full && ! chmod 777 empty`,
    });
    const options = [...evilNames, 'empty'].flatMap((name) => ['-i', `FILES=${path.join(inputs, name)}`]);
    const { document, exit, out } = await seedbed.seedRun([image, ...options]);

    expect([exit, document.error]).toEqual([0, null]);
    const list = await readList(path.join(out, 'list'));
    const seen = new Map<string, { inode: string; hash: string }>();
    for (let at = 0; at < list.length; at += 3)
      seen.set(path.basename(list[at]!), { inode: list[at + 1]!, hash: list[at + 2]!.split(' ')[0]! });
    const wanted = await Promise.all(
      Object.entries({ ...contents, empty: '' }).map(async ([name, content]) => [
        name,
        { inode: `${(await stat(path.join(inputs, name))).ino}`, hash: sha256(content) },
      ]),
    );
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted));
    const shown = document.inputs.files.FILES!;
    expect(shown.map((file) => file.file_name)).toEqual([...evilNames, 'empty']);
    expect(shown.map((file) => file.sha256)).toEqual(
      [...evilNames, 'empty'].map((name) => sha256(contents[name] ?? '')),
    );
    expect(shown.at(-1)).toMatchObject({ file_size: 0, path: path.join(inputs, 'empty') });
  });

  it.concurrent('reach the command as one argument each, whatever is in their names', async () => {
    const seedbed = await opened;
    const inputs = await seedbed.directory();
    const image = await jobImage({
      files: [{ name: 'in-put' }, { name: 'ABSENT', required: false }],
      settings: [{ name: 'WORDS' }],
      outputs: [{ name: 'ARGV', pattern: 'argv' }],
      command: `sh -c 'printf "%s\\0" "$@" > $OUTPUT_DIR/argv' sh \${IN_PUT} "<$IN_PUT>" \${ABSENT/#/--absent } \${IN_PUT/#/-f } $WORDS "$WORDS" "\${ABSENT}" 'a  b'`,
    });
    for (const name of ['a b; rm -rf $HOME.png', 'new\nline "*" ünï']) {
      await writeFile(path.join(inputs, name), 'x');
      const target = `/scale/input_data/in-put/${name}`;
      const { document, out } = await seedbed.seedRun([
        image,
        '-i',
        `in-put=${inputs}/${name}`,
        '-e',
        'WORDS=x  y',
      ]);
      expect(document.error).toBeNull();
      expect(await readList(path.join(out, 'argv'))).toEqual([
        target,
        `<${target}>`,
        '-f',
        target,
        'x',
        'y',
        'x  y',
        '',
        'a  b',
      ]);
    }
  });

  it.concurrent('of the same name are both delivered, the later ones with a number before it', async () => {
    const seedbed = await opened;
    const inputs = await writeFiles(await seedbed.directory(), {
      'one/a.txt': '1',
      'two/a.txt': '2',
      'three/a.txt': '3',
      'four/3_a.txt': '4',
    });
    const image = await jobImage({
      files: [{ name: 'FILES', multiple: true }],
      outputs: [{ name: 'ALL', pattern: 'all' }],
      script:
        'cd $FILES && for f in *; do echo "$f=$(cat $f)"; done > $OUTPUT_DIR/all; cat "$INPUT_METADATA" > $OUTPUT_DIR/context',
    });
    const files = ['one/a.txt', 'two/a.txt', 'three/a.txt', 'four/3_a.txt'];
    const { document, out } = await seedbed.seedRun([
      image,
      ...files.flatMap((file) => ['-i', `FILES=${inputs}/${file}`]),
    ]);
    expect(document.error).toBeNull();
    expect((await readText(out, 'all')).trim().split('\n')).toEqual([
      '2_a.txt=2',
      '3_a.txt=4',
      '4_a.txt=3',
      'a.txt=1',
    ]);
    expect(document.inputs.files.FILES!.map((file) => file.path)).toEqual(
      files.map((file) => `${inputs}/${file}`),
    );
  });

  it.concurrent('in a directory stand for the files in it, and so do those beside the job', async () => {
    const seedbed = await opened;
    const draft = {
      name: 'seedbed-test-takes-directories',
      files: [
        { name: 'FILES', multiple: true },
        { name: 'ONE', required: false },
      ],
      outputs: [{ name: 'ALL', pattern: 'all' }],
      script:
        'cd $FILES && for f in * .*; do [ -f "$f" ] && echo "$f"; done > $OUTPUT_DIR/all; echo "${ONE-unset}" >> $OUTPUT_DIR/all',
    };
    const directory = await jobDirectory(await seedbed.directory(), draft, {
      files: { 'inputs/FILES/sample 1': '1', 'inputs/FILES/.gitkeep': '', 'inputs/ONE/only': '2' },
    });
    const samples = await seedbed.seedRun([directory]);
    expect(samples.document.error).toBeNull();
    expect(await readText(samples.out, 'all')).toBe('sample 1\n/scale/input_data/ONE/only\n');

    const given = await writeFiles(await seedbed.directory(), { a: '1', '.hidden': '2', 'below/not': '3' });
    await symlink('a', path.join(given, 'link'));
    const run = await seedbed.seedRun([directory, '-i', `FILES=${given}`]);
    expect(run.document.error).toBeNull();
    expect(await readText(run.out, 'all')).toBe('a\nlink\n.hidden\nunset\n');
    expect(run.document.image).toBe('seedbed-test-takes-directories-1.0.0-seed:1.0.0');

    const empty = await seedbed.seedRun([directory, '-i', `FILES=${await seedbed.directory()}`]);
    expect([empty.exit, empty.document.error?.name]).toEqual([2, 'missing-input']);
    expect(empty.document.error?.message).toContain('directory');
  });

  it.concurrent('that only their owner may read reach a job that runs as somebody else', async () => {
    const seedbed = await opened;
    const inputs = await writeFiles(await seedbed.directory(), {
      secret: 'for my eyes',
      'many/x': 'x',
      'many/y': 'y',
    });
    for (const name of ['secret', 'many/x', 'many/y']) await chmod(path.join(inputs, name), 0o600);
    const image = await jobImage(
      {
        files: [{ name: 'ONE' }, { name: 'MANY', multiple: true }],
        outputs: [{ name: 'ALL', pattern: 'all' }],
        script: 'cat $ONE $MANY/x $MANY/y > $OUTPUT_DIR/all; id -u >> $OUTPUT_DIR/all; ! (echo x >> $ONE)',
      },
      ['USER 1234'],
    );
    const { document, out } = await seedbed.seedRun([
      image,
      '-i',
      `ONE=${inputs}/secret`,
      '-i',
      `MANY=${inputs}/many`,
    ]);
    expect(document.error).toBeNull();
    expect(await readText(out, 'all')).toBe('for my eyesxy1234\n');
    expect((await stat(path.join(inputs, 'secret'))).mode & 0o777).toBe(0o600);
  });

  it.concurrent('of a gigabyte are mounted and hashed, never copied', async () => {
    const seedbed = await opened;
    const inputs = await seedbed.directory();
    const sparse = path.join(inputs, 'sparse');
    await writeFile(sparse, '');
    await truncate(sparse, 2 ** 30);
    const image = await jobImage({
      files: [{ name: 'BIG', partial: true }],
      outputs: [{ name: 'SEEN', pattern: 'seen' }],
      script: 'stat -c "%i %s" $BIG > $OUTPUT_DIR/seen',
    });
    const { document, out } = await seedbed.seedRun([image, '-i', `BIG=${sparse}`]);
    expect(document.error).toBeNull();
    expect(await readText(out, 'seen')).toBe(`${(await stat(sparse)).ino} ${2 ** 30}\n`);
    expect(document.inputs.files.BIG![0]).toMatchObject({
      sha256: '49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14',
    });
  });
});

async function readText(...parts: string[]): Promise<string> {
  return readFile(path.join(...parts), 'utf8');
}
