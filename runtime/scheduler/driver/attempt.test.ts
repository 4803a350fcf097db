import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tree } from '../../../test/support/cli-files.ts';
import type { Scheduled } from '../../jobs/index.ts';
import { takenOverAttempt } from './attempt.ts';
import { moveOutput } from './destination.ts';
import { moveWhole } from './move-whole.ts';

let directory: string;
let attempt: string;
let destination: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  attempt = path.join(directory, 'attempt');
  destination = path.join(directory, 'jobs/job_exe_1');
  await mkdir(path.join(attempt, 'output'), { recursive: true });
  await writeFile(path.join(attempt, 'output/a'), 'a');
});
afterEach(() => rm(directory, { recursive: true }));

const execution = (epoch: number) => ({ id: 1, epoch, attemptDirectory: attempt }) as Scheduled;

describe('takenOverAttempt', () => {
  it('gives the output a name of the epoch, one adopter after the other', async () => {
    for (const epoch of [2, 3, 3]) {
      const { output } = await takenOverAttempt(execution(epoch), destination);
      expect(output).toBe(path.join(attempt, `output-${epoch}`));
      expect(await readdir(output)).toEqual(['a']);
    }
    expect(await tree(attempt)).toEqual(['output-3/', 'output-3/a']);
  });

  it('fetches back what was moved and not recorded, also without a directory', async () => {
    await moveOutput(path.join(attempt, 'output'), destination);
    await rm(attempt, { recursive: true });
    const { output } = await takenOverAttempt(execution(2), destination);
    expect(await readdir(output)).toEqual(['a']);
    await moveOutput(output, destination);
    expect(await readdir(destination)).toEqual(['a']);
  });

  it('leaves nothing to be moved to a runtime that wakes up', async () => {
    await takenOverAttempt(execution(2), destination);
    await expect(moveOutput(path.join(attempt, 'output'), destination)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('says so when there is no output at all', async () => {
    await rm(attempt, { recursive: true });
    await expect(takenOverAttempt(execution(2), destination)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('moveWhole', () => {
  it('goes to another disk, over what an earlier try left there', async () => {
    const other = await mkdtemp('/dev/shm/seedbed-test-');
    try {
      await mkdir(path.join(other, 'out.partial'));
      await writeFile(path.join(other, 'out.partial/b'), 'half');
      await moveWhole(path.join(attempt, 'output'), path.join(other, 'out'));
      expect(await tree(other)).toEqual(['out/', 'out/a']);
      expect(await readFile(path.join(other, 'out/a'), 'utf8')).toBe('a');
      expect(await tree(attempt)).toEqual([]);
    } finally {
      await rm(other, { recursive: true });
    }
  });
});
