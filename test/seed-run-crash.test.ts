import { describe, expect, it } from '@jest/globals';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findPlace } from '../runtime/database/embedded/place.ts';
import { findPostmaster } from '../runtime/database/embedded/postmaster.ts';
import { outputOfRunning, tree, until } from './support/cli-files.ts';
import { jobDirectory, jobImage } from './support/cli-jobs.ts';
import { Installation, testInstallation, resultIn } from './support/cli.ts';
import { busyboxImage, testDocker } from './support/engine.ts';

const opened = testInstallation();

/** A job that is deaf to SIGTERM and runs until a file `go` is there. */
const waiting = {
  name: 'waits',
  outputs: [{ name: 'READY', pattern: 'ready' }],
  script: `trap '' TERM; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done`,
};

/** Starts it, and waits until its container runs. */
async function startWaiting(env: NodeJS.ProcessEnv = {}) {
  const seedbed = await opened;
  const out = path.join(await seedbed.directory(), 'out');
  const running = seedbed.start([await jobImage(waiting), '-o', out, '--format', 'json'], { env });
  const ready = await outputOfRunning(out, 'ready');
  const attempt = path.dirname(path.dirname(ready));
  const [row] = await seedbed.query<{ id: number; job_id: number }>(
    'select id, job_id from job_exe where attempt_directory = $1',
    [attempt],
  );
  return {
    ...running,
    out,
    attempt,
    execution: row!.id,
    job: row!.job_id,
    go: () => writeFile(path.join(path.dirname(ready), 'go'), ''),
  };
}

/** The state of an execution's container; undefined: there is none. */
async function containerOf(execution: number): Promise<string | undefined> {
  const { installation } = await (await opened).database();
  const { docker, close } = await testDocker();
  try {
    const label = [`seedbed.installation=${installation}`, `scale-job-execution-id=${execution}`];
    const [container] = await docker.listContainers({ all: true, filters: { label } });
    return container?.State;
  } finally {
    close();
  }
}

async function stateOf(execution: number) {
  const [row] = await (
    await opened
  ).query<Record<string, unknown>>(
    `select e.status, j.status as job, e.error ->> 'name' as error, e.ended is not null as ended
     from job_exe e join job j on j.id = e.job_id where e.id = $1`,
    [execution],
  );
  return row;
}

describe('the database', () => {
  it('may be cut off while the job runs: its result goes through a new connection', async () => {
    const seedbed = await opened;
    const [before] = await seedbed.query<{ now: string }>('select now()');
    const run = await startWaiting();
    const cut = await seedbed.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_start > $1`,
      [before!.now],
    );
    expect(cut.length).toBeGreaterThan(0);
    await run.go();
    const ended = await run.ended;
    expect(resultIn(ended)).toMatchObject({
      status: 'completed',
      outputs: { files: { READY: [{ file_name: 'ready' }] } },
    });
    expect(await stateOf(run.execution)).toMatchObject({ status: 'COMPLETED', job: 'COMPLETED' });
  });
});

describe('a signal', () => {
  it.concurrent.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s stops the job and clears up',
    async (signal) => {
      // The grace that users have: the job does not listen, and all must be over in 10 s.
      const run = await startWaiting(signal === 'SIGTERM' ? { SEED_STOP_GRACE: '' } : {});
      const begun = performance.now();
      run.child.kill(signal);
      const ended = await run.ended;
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect([ended.exit, ended.stderr]).toEqual([1, '']);
      expect(resultIn(ended)).toMatchObject({
        status: 'failed',
        exit_code: 137,
        error: { name: 'canceled', message: expect.stringContaining(signal) },
        outputs: { files: {} },
      });
      expect(await containerOf(run.execution)).toBeUndefined();
      expect(await stateOf(run.execution)).toEqual({
        status: 'CANCELED',
        job: 'CANCELED',
        error: 'canceled',
        ended: true,
      });
      expect((await tree(run.out)).filter((name) => name.includes('.seedbed-'))).toEqual([]);
    },
  );

  it.concurrent('while the image is built leaves nothing', async () => {
    const seedbed = await opened;
    const directory = await jobDirectory(
      await seedbed.directory(),
      { name: 'seedbed-test-builds-long', script: 'true' },
      {
        dockerfile: `FROM ${await busyboxImage()}\nRUN echo building-${process.pid}; sleep 300\n`,
      },
    );
    const out = path.join(await seedbed.directory(), 'out');
    const running = seedbed.start([directory, '-o', out, '--format', 'json']);
    const { docker, close } = await testDocker();
    try {
      const building = () =>
        docker
          .listContainers()
          .then((all) => all.find(({ Command }) => Command.includes(`building-${process.pid}`)));
      await until('the build', building);
      running.child.kill('SIGINT');
      const ended = await running.ended;
      expect([ended.exit, resultIn(ended)]).toMatchObject([
        1,
        { status: 'failed', error: { name: 'canceled' }, exit_code: null },
      ]);
      await until('the end of the build', async () => !(await building()));
      expect(await tree(path.dirname(out))).toEqual([]);
    } finally {
      close();
    }
  });

  it.concurrent('does not wait for checksums of what is large', async () => {
    const seedbed = await opened;
    const inputs = await seedbed.directory();
    await writeFile(path.join(inputs, 'large'), '');
    await truncate(path.join(inputs, 'large'), 2 ** 37);
    const reads = { name: 'reads-large', files: [{ name: 'F' }], script: 'true' };
    const leaves = {
      name: 'leaves-large',
      outputs: [{ name: 'A', pattern: 'a' }],
      script: 'truncate -s 128G $OUTPUT_DIR/a',
    };
    const cases = [
      {
        args: [await jobImage(reads), '-i', `F=${inputs}/large`],
        name: 'reads-large',
        status: 'COMPLETED',
        exit: 0,
      },
      { args: [await jobImage(leaves)], name: 'leaves-large', status: 'CANCELED', exit: 1 },
    ];
    for (const { args, name, status, exit } of cases) {
      const running = seedbed.start([
        ...args,
        '-o',
        path.join(await seedbed.directory(), 'out'),
        '--format',
        'json',
      ]);
      const execution = await until('the execution', async () => {
        const [row] = await seedbed.query<{ id: number }>(
          `select e.id from job_exe e join job j on j.id = e.job_id join job_type t on t.id = j.job_type_id where t.name = $1`,
          [name],
        );
        return row?.id;
      });
      await until('the container', () => containerOf(execution));
      await until('the end of the container', async () => (await containerOf(execution)) === undefined);
      const begun = performance.now();
      running.child.kill('SIGTERM');
      const ended = await running.ended;
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect([name, ended.exit, (await stateOf(execution))?.status]).toEqual([name, exit, status]);
      const { inputs: given, outputs } = resultIn(ended);
      expect(
        Object.values({ ...given.files, ...outputs.files })
          .flat()
          .map(({ sha256 }) => sha256),
      ).toEqual(exit === 0 ? [null] : []);
    }
  });

  it.concurrent('at any other moment ends the command, with a document and without a container', async () => {
    const seedbed = await opened;
    const image = await jobImage({ name: 'short', script: 'sleep 0.2' });
    for (const wait of [0.15, 0.3, 0.45, 0.6]) {
      const out = path.join(await seedbed.directory(), 'out');
      const running = seedbed.start([image, '-o', out, '--format', 'json']);
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
      running.child.kill('SIGINT');
      const ended = await running.ended;
      // So early that nobody listened yet, or too late to stop anything, or in between.
      const outcome = ended.signal ?? resultIn(ended).error?.name ?? 'completed';
      expect(['SIGINT', 'canceled', 'completed']).toContain(outcome);
    }
    const rows = await seedbed.query<{ id: number; status: string }>(
      `select e.id, e.status from job_exe e join job j on j.id = e.job_id join job_type t on t.id = j.job_type_id where t.name = 'short'`,
    );
    for (const { id, status } of rows) {
      expect(['CANCELED', 'COMPLETED']).toContain(status);
      expect(await containerOf(id)).toBeUndefined();
    }
  });
});

describe('after a SIGKILL', () => {
  it.concurrent('the next command reaps what the dead one left, and nothing of the living', async () => {
    const seedbed = await opened;
    const [dead, alive] = await Promise.all([startWaiting(), startWaiting()]);
    dead.child.kill('SIGKILL');
    await dead.ended;
    // A busy engine says so a moment after the job has begun.
    for (const { execution } of [dead, alive])
      await until('the running container', async () => (await containerOf(execution)) === 'running');
    expect(await stateOf(dead.execution)).toMatchObject({ status: 'RUNNING' });

    const next = await seedbed.seedRun([await jobImage({ name: 'comes-next', script: 'true' })]);
    expect(next.document.error).toBeNull();
    expect(await containerOf(dead.execution)).toBeUndefined();
    expect(await stateOf(dead.execution)).toEqual({
      status: 'FAILED',
      job: 'FAILED',
      error: 'runtime-lost',
      ended: true,
    });
    expect(await tree(path.dirname(dead.out))).toEqual([]);
    expect(
      await seedbed.query(`select kind from event where entity = 'job' and entity_id = $1 order by id`, [
        dead.job,
      ]),
    ).toEqual([{ kind: 'queued' }, { kind: 'started' }, { kind: 'failed' }]);

    expect([await containerOf(alive.execution), (await stateOf(alive.execution))?.status]).toEqual([
      'running',
      'RUNNING',
    ]);
    await alive.go();
    expect(resultIn(await alive.ended)).toMatchObject({ status: 'completed' });
    expect(await containerOf(alive.execution)).toBeUndefined();
  });
});

describe('--keep', () => {
  it.concurrent('leaves the container, also for the next command, and says how to look inside', async () => {
    const seedbed = await opened;
    const image = await jobImage({ name: 'kept', script: 'echo inside > /tmp/inside' });
    const { document, stderr } = await seedbed.seedRun([image, '--keep']);
    expect(document.error).toBeNull();
    const name = /docker rm -v (\S+)/.exec(stderr)![1]!;
    await seedbed.seedRun([await jobImage({ name: 'comes-after', script: 'true' })]);
    const { docker, close } = await testDocker();
    try {
      const container = docker.getContainer(name);
      expect((await container.inspect()).State).toMatchObject({ Status: 'exited', ExitCode: 0 });
      await container.remove({ v: true });
    } finally {
      close();
    }
  });
});

describe('several commands at once', () => {
  it.concurrent('all work on a SEED_HOME that is not there yet, and leave no server behind', async () => {
    const fresh = await Installation.open();
    try {
      const image = await jobImage({
        name: 'first-ever',
        outputs: [{ name: 'A', pattern: 'a' }],
        script: 'echo a > $OUTPUT_DIR/a',
      });
      const out = await fresh.directory();
      const runs = await Promise.all(
        [1, 2, 3].map((number) => fresh.run([image, '-o', path.join(out, `${number}`), '--format', 'json'])),
      );
      const documents = runs.map(resultIn);
      expect(documents.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
      expect(new Set(documents.map(({ outputs }) => outputs.files.A![0]!.id)).size).toBe(3);
      const place = await findPlace(fresh.home);
      if (place) await until('the end of the server', async () => !(await findPostmaster(place.data)));
      const types = await fresh.query('select revision_num from job_type');
      expect(types).toEqual([{ revision_num: 1 }]);
      expect(await fresh.query(`select status from job_exe where status <> 'COMPLETED'`)).toEqual([]);
    } finally {
      await fresh.close();
    }
  });
});
