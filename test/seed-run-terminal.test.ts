import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outputOfRunning, sha256, until } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { commandLine, testInstallation } from './support/cli.ts';

const opened = testInstallation();

/** A command on a terminal of its own (util-linux's `script`), which may be typed to. */
async function onTerminal(args: readonly string[]) {
  const seedbed = await opened;
  const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  const line = commandLine(args).map(quote).join(' ');
  const { NO_COLOR: _, CI: __, ...inherited } = process.env;
  const child = spawn('script', ['-qefc', `stty cols 100; exec ${line}`, '/dev/null'], {
    env: { ...inherited, TERM: 'xterm', FORCE_COLOR: '1', ...seedbed.env, SEED_STOP_GRACE: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = { text: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (screen.text += text));
  const ended = once(child, 'close').then(([exit]) => exit as number);
  return { screen, ended, type: (keys: string) => child.stdin.write(keys) };
}

/** What stays on the screen: each line as it is after its last carriage return or erasure, without colours. */
function remains(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) =>
      line
        .split(/\r\x1b\[K/)
        .at(-1)!
        .replace(/\x1b\[[0-9;]*m/g, ''),
    );
}

describe('on a terminal', () => {
  it.concurrent(
    'the steps scroll by, the job’s output is told apart, and one live line says what runs',
    async () => {
      const seedbed = await opened;
      const sidecar = JSON.stringify({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [125.6, 10.1] },
        properties: { dataStarted: '2019-10-14T00:00:00Z', dataEnded: '2019-10-14T00:01:00Z' },
      });
      const image = await jobImage({
        name: 'speaks',
        outputs: [{ name: 'A', pattern: 'a.txt' }],
        outputJson: [{ name: 'N', type: 'integer' }],
        script: `echo to stdout; printf 'half a'; echo to stderr >&2; echo ' line'; printf '\\033[2Jevil\\033]0;title\\007\\r\\n'
        touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done
        cd $OUTPUT_DIR; rm ready go; echo hello > a.txt; echo '${sidecar}' > a.txt.metadata.json; echo '{"N": 5}' > seed.outputs.json; printf 'no end'`,
      });
      const out = path.join(await seedbed.directory(), 'out');
      const { screen, ended } = await onTerminal([image, '-o', out]);
      const ready = await outputOfRunning(out, 'ready');
      await until('use of memory and CPU', () =>
        /run the job {2}\d+(\.\d+)? m?s {2}[\d.]+ [KM]iB {2}\d\.\d\d CPU/.test(screen.text),
      );
      await writeFile(path.join(path.dirname(ready), 'go'), '');
      expect(await ended).toBe(0);
      expect(screen.text).not.toContain('\x1b[2J');
      expect(screen.text).not.toContain('\x1b]0;');
      expect(screen.text).toContain('\x1b[33m┃\x1b[39m to stderr');
      const lines = remains(screen.text);
      const steps = lines
        .filter((line) => line.startsWith('✔'))
        .map((line) => line.slice(2).replace(/ \d.*$/, ''));
      expect(steps.slice(0, 4)).toEqual([
        'read the manifest',
        'register the job',
        'stage the inputs',
        'launch the container',
      ]);
      for (const line of [
        '  │ to stdout',
        '  ┃ to stderr',
        '  │ half a line',
        '  │ evil',
        '  │ no end',
        '  N = 5',
      ])
        expect(lines).toContain(line);
      const end = lines.slice(lines.findIndex((line) => /^✔ speaks 1\.0\.0 completed in/.test(line)));
      expect(end.join('\n')).toMatch(
        new RegExp(
          [
            '',
            '  A  a\\.txt  6 bytes  text/plain',
            '    time  2019-10-14T00:00:00\\.000000Z to 2019-10-14T00:01:00\\.000000Z',
            '    area  Point 125\\.6 10\\.1',
            '  N = 5',
          ].join('\n'),
        ),
      );
      expect(end).toContain(`outputs  ${out}`);
      expect(end.join('\n')).toMatch(/logs {5}\/.*stdout\.log\n {9}\/.*stderr\.log/);
    },
  );

  it.concurrent('Ctrl-C ends it cleanly', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'until-stopped',
      script: 'trap "" TERM; touch $OUTPUT_DIR/ready; while :; do sleep 0.1; done',
    });
    const out = path.join(await seedbed.directory(), 'out');
    const { screen, ended, type } = await onTerminal([image, '-o', out]);
    await outputOfRunning(out, 'ready');
    type('\x03');
    expect(await ended).toBe(1);
    const lines = remains(screen.text).filter((line) => line !== '');
    expect(lines.at(-1)).toMatch(
      /^✘ until-stopped 1\.0\.0 failed \(SB2013 canceled\): The job was stopped by SIGINT; run it again/,
    );
    expect(lines.join('\n')).not.toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
    expect(screen.text).not.toMatch(/at .*\.js:\d+/);
  });
});

describe('off a terminal', () => {
  it.concurrent('there are plain lines, and nothing at all with -q', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'plain-lines',
      outputs: [{ name: 'A', pattern: 'a' }],
      script: 'echo one; echo two >&2; echo a > $OUTPUT_DIR/a',
    });
    const directory = await seedbed.directory();
    const plain = await seedbed.run([image, '-o', path.join(directory, 'plain')]);
    expect([plain.exit, plain.stdout + plain.stderr]).toEqual([0, expect.not.stringContaining('\x1b')]);
    const progress = plain.stderr.trim().split('\n');
    expect(progress.map((line) => line.replace(/\d+(\.\d+)? m?s$/, 'TIME'))).toEqual([
      'read the manifest: TIME',
      'register the job: TIME',
      'stage the inputs: TIME',
      'launch the container: TIME',
      'run the job ...',
      expect.stringMatching(/^(out \| one|err \| two)$/),
      expect.stringMatching(/^(out \| one|err \| two)$/),
      'run the job: TIME',
      'harvest the outputs: TIME',
      'read the sidecars: TIME',
      'catalogue the products: TIME',
    ]);
    expect(plain.stdout).toMatch(/✔ plain-lines 1\.0\.0 completed in/);
    const quiet = await seedbed.run([image, '-q', '-o', path.join(directory, 'quiet')]);
    expect(quiet).toMatchObject({ exit: 0, stdout: '', stderr: '' });
    const failing = await seedbed.run([image, '-q', '-i', 'NO=x']);
    expect([failing.exit, failing.stdout]).toEqual([2, '']);
    expect(failing.stderr.trim().split('\n')).toHaveLength(1);
    const verbose = await seedbed.seedRun([image, '-v']);
    expect(verbose.stderr).toMatch(/"container":"seedbed-.*"limits":\{"cpus":1,"mem":64/);
    const { stdout } = await seedbed.run([
      image,
      '-q',
      '--format',
      'json',
      '-o',
      path.join(directory, 'json'),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      outputs: { files: { A: [{ sha256: sha256('a\n') }] } },
    });
  });

  it.concurrent('help and version say what there is', async () => {
    const seedbed = await opened;
    const [help, same, version, all] = await Promise.all([
      seedbed.run(['-h']),
      seedbed.run(['run', '--help']),
      seedbed.run(['--version']),
      seedbed.run(['--help']),
    ]);
    expect([help.exit, same.exit, all.exit, help.stderr]).toEqual([0, 0, 0, '']);
    for (const option of [
      '-i,',
      '-j,',
      '-e,',
      '-m,',
      '-o,',
      '--resource',
      '--network',
      '--format',
      '--dry-run',
      '--keep',
      '-q,',
      '-v,',
      '-h,',
    ])
      expect(help.stdout).toContain(`  ${option}`);
    expect(same.stdout).toContain('Usage: seed run [options] [target]');
    for (const command of ['run', 'validate', 'files'])
      expect(all.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
