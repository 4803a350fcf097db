import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ScaleFile } from '../../catalog/index.ts';
import { deliverInputs } from './input-files.ts';

let where: string;
beforeEach(async () => {
  where = path.join(await mkdtemp(path.join(tmpdir(), 'seedbed-test-')), 'a.png');
  await writeFile(where, 'content');
});
afterEach(() => rm(path.dirname(where), { recursive: true }));

/** As it is catalogued now. */
async function catalogued(): Promise<ScaleFile> {
  const { mtimeNs, ino } = await stat(where, { bigint: true });
  return {
    ...{ id: 1, file_path: 'a.png', file_size: 7, is_deleted: false, file_stat: `${mtimeNs}-${ino}` },
    ...{ sha256: createHash('sha256').update('content').digest('hex'), workspace: { id: 1, name: 'store' } },
  } as ScaleFile;
}

const deliver = (file: ScaleFile, isMount = false) =>
  deliverInputs(new Map([['IN', [file]]]), () => ({ path: where, isMount }));

/** As a new version comes to its place. */
async function replace(content: string): Promise<void> {
  await writeFile(`${where}.new`, content);
  await utimes(`${where}.new`, 1, 1);
  await rename(`${where}.new`, where);
}

describe('the inputs of a job', () => {
  it('are what was catalogued, also where they were only touched', async () => {
    const file = await catalogued();
    const expected = [expect.objectContaining({ path: where, size: 7, deliveredName: 'a.png' })];
    expect((await deliver(file)).files.get('IN')).toEqual(expected);
    await utimes(where, 1, 1);
    expect((await deliver(file)).files.get('IN')).toEqual(expected);
  });

  it.each(['another content', 'CONTENT'])('are refused where %s stands', async (content) => {
    const file = await catalogued();
    await replace(content);
    await expect(deliver(file)).rejects.toMatchObject({ error: 'input-changed' });
    await expect(deliver({ ...file, sha256: null })).rejects.toMatchObject({ error: 'input-changed' });
  });

  it("are the user's own where they stay in place", async () => {
    const file = await catalogued();
    await replace('another content');
    const own = { ...file, workspace: { id: 2, name: 'local-laptop' } };
    expect((await deliver(own)).files.get('IN')).toEqual([expect.objectContaining({ size: 15 })]);
  });

  it("are named by their workspace where they are missing, and by their path in the user's own place", async () => {
    const file = await catalogued();
    const missing = `${where}-gone`;
    const told = async (given: ScaleFile) =>
      deliverInputs(new Map([['IN', [given]]]), () => ({ path: missing })).then(
        () => '',
        (thrown: Error) => thrown.message,
      );
    expect(await told(file)).toContain('a.png of the workspace store');
    expect(await told(file)).not.toContain(missing);
    const own = { ...file, workspace: { id: 2, name: 'local-laptop' } };
    expect(await told(own)).toContain(missing);
  });

  it('are not judged by time and inode where a bucket is mounted, or nothing is known of them', async () => {
    const file = await catalogued();
    await replace('another content');
    for (const given of [deliver(file, true), deliver({ ...file, sha256: null, file_stat: null })])
      expect((await given).files.get('IN')).toHaveLength(1);
  });
});
