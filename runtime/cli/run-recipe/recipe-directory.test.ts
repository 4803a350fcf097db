import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identityOf, openRecipeDirectory } from './recipe-directory.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const identity = identityOf('mosaic', { definition: 1, input: 2 });
const open = (resume: boolean, wanted = identity) =>
  openRecipeDirectory(directory, resume, wanted, new Date());

describe('the directory of a recipe', () => {
  it('is one for each of several that begin in it at once', async () => {
    const opened = await Promise.all([open(false), open(false), open(false)]);
    expect(new Set(opened.map((one) => one.path)).size).toBe(3);
    expect(new Set(opened.map((one) => one.run)).size).toBe(3);
    const owner = opened.find((one) => one.path === directory)!;
    expect(await open(true)).toMatchObject({ path: directory, run: owner.run });
  });

  it('holds nothing of ours but its heading, and is gone on with by the same recipe only', async () => {
    const { run } = await open(false);
    expect(await readdir(directory)).toEqual(['.seedbed-recipe.json']);
    expect(await open(true)).toEqual({ path: directory, run, notes: [] });
    const other = identityOf('mosaic', { definition: 1, input: 3 });
    await expect(open(true, other)).rejects.toMatchObject({ error: 'recipe-differs' });
  });
});
