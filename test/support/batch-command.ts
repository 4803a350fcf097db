import { expect } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BatchDocument, batchValidator } from '../../seed-schema/index.ts';
import { tree, until, writeFiles } from './cli-files.ts';
import { jobImage } from './cli-jobs.ts';
import type { Ended, Installation, Running } from './cli.ts';
import { testDocker } from './engine.ts';

/**
 * A job that does what its file says: `wait...` waits until a file `go` is in the mount, `fail...` leaves something and
 * fails, all others leave a product. Each first leaves a file `began-<word>-<execution>` in the mount.
 */
export const obedient = {
  name: 'obedient',
  files: [{ name: 'IN' }],
  json: [{ name: 'N', type: 'number', required: false }],
  mounts: [{ name: 'MARKS', path: '/marks', mode: 'rw' }],
  settings: [{ name: 'TOKEN', secret: true }],
  outputs: [{ name: 'OUT', pattern: 'out.txt' }],
  resources: { cpus: 0.1, mem: 16 },
  script: [
    'word=$(head -n 1 "$IN")',
    'mktemp "/marks/began-$word-XXXXXX" > /dev/null',
    'case $word in',
    'wait*) while [ ! -e /marks/go ]; do sleep 0.1; done;;',
    'fail*) echo left > $OUTPUT_DIR/left.txt; echo it failed >&2; exit 3;;',
    'esac',
    'echo "$word $N ${#TOKEN}" > $OUTPUT_DIR/out.txt',
    'echo "$word is done"',
  ].join('\n'),
};

export const secret = 'a-value-that-must-be-nowhere';

/** Batches of the obedient job, below one directory. */
export class Batches {
  readonly #seedbed: Installation;
  readonly root: string;

  /** What the command is told of where rows run, besides. */
  readonly where: { env: NodeJS.ProcessEnv; args: string[] } = { env: {}, args: ['--pull', 'never'] };

  private constructor(seedbed: Installation, root: string) {
    this.#seedbed = seedbed;
    this.root = root;
  }

  static async in(seedbed: Installation): Promise<Batches> {
    const batches = new Batches(seedbed, await seedbed.directory());
    await writeFiles(batches.root, { 'marks/.keep': '' });
    return batches;
  }

  /** Files that hold their words. */
  async files(...words: string[]): Promise<void> {
    await writeFiles(this.root, Object.fromEntries(words.map((word) => [`in/${word}`, `${word}\n`])));
  }

  /** Starts `seed batch`, with the mount and the secret that the job wants. */
  async start(out: string, ...args: string[]): Promise<Running> {
    return this.#seedbed.start(
      [
        ...['batch', '-in', await jobImage(obedient), '-o', this.at(out), '-m', `MARKS=${this.at('marks')}`],
        ...['-e', 'TOKEN', ...this.where.args, ...args],
      ],
      { env: { TOKEN: secret, ...this.where.env }, cwd: this.root },
    );
  }

  async run(out: string, ...args: string[]): Promise<Ended> {
    return (await this.start(out, ...args)).ended;
  }

  /** A batch that is in the midst of its rows: some have ended, two wait. */
  async midway(...args: string[]): Promise<Running> {
    await this.files(...words);
    await writeFile(
      this.at('rows.csv'),
      ['IN,N', ...words.map((word, at) => `in/${word},${at}.50`), 'in/nowhere,1'].join('\n'),
    );
    const running = await this.start('out', '-b', 'rows.csv', '--jobs', '2', ...args);
    await this.begins('wait1');
    await this.begins('wait2');
    await until('the rows before to be written down', async () =>
      (await readFile(this.at('out/.seedbed-batch.jsonl'), 'utf8')).includes('"row":3,'),
    );
    return running;
  }

  /** What another batch comes to that nobody disturbs is the same. */
  async expectUndisturbed(): Promise<void> {
    await this.run('undisturbed', '-b', 'rows.csv');
    expect(await this.comparable('out')).toEqual(await this.comparable('undisturbed'));
    expect(await tree(this.at('out'))).toEqual(await tree(this.at('undisturbed')));
  }

  at(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  go(): Promise<string> {
    return writeFiles(this.root, { 'marks/go': '' });
  }

  /** How often jobs began with this word. */
  async begun(word: string): Promise<number> {
    return (await readdir(this.at('marks'))).filter((name) => name.startsWith(`began-${word}-`)).length;
  }

  /** Resolves when a job with this word runs. */
  async begins(word: string): Promise<void> {
    await until(`a job to begin with ${word}`, async () => (await this.begun(word)) > 0);
  }

  async results(out: string): Promise<BatchDocument> {
    const document: unknown = JSON.parse(await readFile(this.at(out, 'results.json'), 'utf8'));
    const problems = batchValidator.problems(document);
    if (problems.length > 0) throw new Error(problems.map(({ description }) => description).join('; '));
    return document as BatchDocument;
  }

  /** Results without what differs between two batches that came to the same: times, numbers, and where they are. */
  async comparable(out: string): Promise<unknown> {
    const text = JSON.stringify(await this.results(out))
      .replaceAll(this.at(out), '<out>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replace(/"(id|job)":\d+/g, '"$1":0')
      .replace(/`seed logs \d+/g, '`seed logs 0')
      .replace(/\/logs\/[^/"]+\/\d+\//g, '/logs/<execution>/');
    return JSON.parse(text);
  }

  /** What a batch must not leave behind, whatever happened to it. */
  async remains(): Promise<object> {
    const { installation } = await this.#seedbed.database();
    const { docker, close } = await testDocker();
    try {
      const filters = { label: [`seedbed.installation=${installation}`] };
      const containers = await docker.listContainers({ all: true, filters });
      const [row] = await this.#seedbed.query(
        `select (select count(*) from slot where job_exe_id is not null) as slots,
           (select count(*) from runtime) as runtimes,
           (select count(*) from job where status in ('QUEUED', 'RUNNING')) as jobs,
           (select count(*) from job_exe where status = 'RUNNING') as executions`,
      );
      return { ...row, containers: containers.map(({ Names }) => Names[0]) };
    } finally {
      close();
    }
  }
}

export const words = ['a', 'b', 'fails', 'wait1', 'wait2', 'y', 'z'];

export const nothing = { slots: 0, runtimes: 0, jobs: 0, executions: 0, containers: [] };
