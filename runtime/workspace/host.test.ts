import { execFileSync } from 'node:child_process';
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contractBaseUrl, workspaceContract } from '../../test/support/workspace-contract.ts';
import { HostWorkspace, linkOrCopy, move } from './index.ts';

let directory: string;
let otherDisk: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  otherDisk = await mkdtemp('/dev/shm/seedbed-test-');
});
afterEach(async () => {
  for (const made of [directory, otherDisk]) await rm(made, { recursive: true });
});

describe('HostWorkspace', () => {
  it.each(['../x', '/etc/passwd', 'a/../../x', '..'])('lets nothing escape by %s', (odd) => {
    const workspace = new HostWorkspace({ id: 1, name: 'w', root: '/data/files' });
    expect(() => workspace.hostPath(odd)).toThrow(expect.objectContaining({ error: 'outside-workspace' }));
  });

  it('gives a path inside and takes it back', () => {
    const workspace = new HostWorkspace({ id: 1, name: 'w', root: '/data/files' });
    for (const inside of ['a b\n"c"', '..hidden/x', 'a/b']) {
      expect(workspace.hostPath(inside)).toBe(`/data/files/${inside}`);
      expect(workspace.filePath(`/data/files/${inside}`)).toBe(inside);
    }
    expect(() => workspace.filePath('/data/files2/x')).toThrow(
      expect.objectContaining({ error: 'outside-workspace' }),
    );
  });

  it('takes files and directories from anywhere', async () => {
    await mkdir(path.join(directory, 'target'));
    const sources = [path.join(directory, 'near'), path.join(otherDisk, 'far')];
    await writeFile(sources[0]!, 'near');
    await mkdir(sources[1]!);
    await writeFile(path.join(sources[1]!, 'inner'), 'far');
    await new HostWorkspace({ id: 1, name: 'w', root: '/' }).take(
      sources,
      path.join(directory, 'target').slice(1),
    );
    expect(await readFile(path.join(directory, 'target/near'), 'utf8')).toBe('near');
    expect(await readFile(path.join(directory, 'target/far/inner'), 'utf8')).toBe('far');
    expect(await readdir(otherDisk)).toEqual([]);
  });
});

describe('HostWorkspace as any workspace', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'seedbed-host-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  workspaceContract(
    () =>
      new HostWorkspace({
        id: 1,
        name: 'host',
        root,
        baseUrl: contractBaseUrl,
        signer: { sign: async (workspace, filePath) => `${workspace} ${filePath}` },
      }),
  );
});

describe('a directory as a workspace', () => {
  let root: string;
  let w: HostWorkspace;
  const put = (filePath: string, text = filePath) => w.put(filePath, () => Readable.from([text]));
  const names = async (prefix = '') => {
    const all: string[] = [];
    for await (const page of w.list({ prefix })) all.push(...page.map((entry) => entry.path));
    return all;
  };
  const outside = expect.objectContaining({ error: 'outside-workspace' });
  const unusable = (reason: RegExp) =>
    expect.objectContaining({ error: 'file-unusable', message: expect.stringMatching(reason) });

  beforeEach(async () => {
    root = path.join(directory, 'root');
    await mkdir(root);
    await writeFile(path.join(directory, 'secret'), 'secret');
    await mkdir(path.join(directory, 'secrets'));
    await writeFile(path.join(directory, 'secrets/inner'), 'secret');
    w = new HostWorkspace({ id: 1, name: 'w', root });
  });

  it('lets nothing escape by links to files', async () => {
    await symlink('../secret', path.join(root, 'out'));
    await symlink(path.join(directory, 'secret'), path.join(root, 'absolute'));
    await put('inside');
    for (const link of ['out', 'absolute']) {
      await expect(w.stat(link)).rejects.toEqual(outside);
      await expect(w.open(link)).rejects.toEqual(outside);
      await expect(w.copy(link, 'x')).rejects.toEqual(outside);
      await expect(w.move(link, 'x')).rejects.toEqual(outside);
      await expect(w.locate(link)).rejects.toEqual(outside);
    }
    expect(await names()).toEqual(['inside']);
    // What is written there replaces the link, not the file behind it; what is deleted is the link.
    await put('out', 'mine');
    await w.delete('absolute');
    expect(await readFile(path.join(directory, 'secret'), 'utf8')).toBe('secret');
    expect(await names()).toEqual(['inside', 'out']);
  });

  it('lets nothing escape by links to directories', async () => {
    await symlink('../secrets', path.join(root, 'out'));
    await symlink('../never', path.join(root, 'dangling'));
    await put('inside');
    for (const act of [w.stat('out/inner'), w.open('out/inner'), w.delete('out/inner')])
      await expect(act).rejects.toEqual(outside);
    for (const target of ['out/inner', 'out/new', 'out/deep/new']) {
      await expect(put(target)).rejects.toEqual(outside);
      await expect(w.copy('inside', target)).rejects.toEqual(outside);
      await expect(w.move('inside', target)).rejects.toEqual(outside);
      await expect(w.putFile(target, import.meta.filename)).rejects.toEqual(outside);
    }
    await expect(put('dangling/x')).rejects.toMatchObject({ error: 'file-unusable' });
    expect([await names('out/'), await names('out'), await names()]).toEqual([[], [], ['inside']]);
    expect((await readdir(directory)).sort()).toEqual(['root', 'secret', 'secrets']);
    expect(await readdir(path.join(directory, 'secrets'))).toEqual(['inner']);
  });

  it('follows links that stay inside', async () => {
    await put('a/file', 'content');
    await symlink('a/file', path.join(root, 'link'));
    await symlink('a', path.join(root, 'directory'));
    expect(await names()).toEqual(['a/file', 'link']);
    expect(await w.stat('directory/file')).toMatchObject({ path: 'directory/file', size: 7 });
    expect(await w.move('link', 'moved')).toMatchObject({ size: 7 });
    expect(await names()).toEqual(['moved']);
    expect((await lstat(path.join(root, 'moved'))).isFile()).toBe(true);
  });

  it('knows a file that has two names', async () => {
    await put('a', 'content');
    await link(path.join(root, 'a'), path.join(root, 'b'));
    await w.putFile('a', path.join(root, 'b'));
    expect(await readdir(root)).toEqual(['a', 'b']);
    await w.putFile('a', path.join(root, 'a'), { move: true });
    await w.move('b', 'a');
    expect(await readdir(root)).toEqual(['a']);
    await link(path.join(root, 'a'), path.join(directory, 'c'));
    await w.putFile('a', path.join(directory, 'c'), { move: true });
    expect([await readdir(root), (await readdir(directory)).includes('c')]).toEqual([['a'], false]);
  });

  it('says what stands in the way of a file, and leaves nothing behind', async () => {
    await put('file');
    await put('directory/inner');
    const long = 'x'.repeat(256);
    for (const [target, reason] of [
      ['directory', /directory|not empty/],
      ['file/below', /not a directory|exists/],
      [long, /too long/],
    ] as const) {
      await expect(put(target)).rejects.toEqual(unusable(reason));
      await expect(w.copy('file', target)).rejects.toEqual(unusable(reason));
      await expect(w.move('file', target)).rejects.toEqual(unusable(reason));
    }
    await expect(w.putFile('new', root)).rejects.toEqual(unusable(/no regular file/));
    await symlink('nothing', path.join(root, 'dangling'));
    await expect(w.putFile('new', path.join(root, 'dangling'), { move: true })).rejects.toEqual(
      unusable(/no regular file/),
    );
    expect(await w.stat(`${long}/x`)).toBeUndefined();
    await w.delete('directory');
    expect([await names(), await readdir(root)]).toEqual([
      ['directory/inner', 'file'],
      ['dangling', 'directory', 'file'],
    ]);
  });

  it('reads regular files only', async () => {
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    expect(await w.stat('pipe')).toBeUndefined();
    await expect(w.open('pipe')).rejects.toMatchObject({ error: 'file-not-in-workspace' });
    expect(await names()).toEqual([]);
  });

  it('moves across disks with the times, whole', async () => {
    const far = path.join(otherDisk, 'far');
    await writeFile(far, 'far');
    await utimes(far, 1000, 2000);
    expect(await w.putFile('near', far, { move: true })).toMatchObject({
      modified: '1970-01-01T00:33:20.000Z',
    });
    expect([await readdir(root), await readdir(otherDisk)]).toEqual([['near'], []]);
  });

  it('shows nothing of what is being written, nor of what Seedbed keeps there', async () => {
    await mkdir(path.join(root, '.seedbed/x'), { recursive: true });
    await writeFile(path.join(root, '.seedbed/x/y'), '');
    await put('file');
    let during: string[] = [];
    await w.put('slow', () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('x');
          await new Promise((resolve) => setImmediate(resolve));
          during = await readdir(root);
          expect([await names(), await names('.seedbed/'), await names('.seedbed')]).toEqual([
            ['file'],
            [],
            [],
          ]);
        })(),
      ),
    );
    expect(during).toHaveLength(3);
    expect(await readdir(root)).toEqual(['.seedbed', 'file', 'slow']);
  });

  it('that is gone is not an empty one', async () => {
    await rm(root, { recursive: true });
    const gone = expect.objectContaining({
      error: 'workspace-unreachable',
      message: expect.stringContaining(root),
    });
    for (const act of [
      names(),
      w.stat('x'),
      w.open('x'),
      w.delete('x'),
      put('x'),
      w.putFile('x', import.meta.filename),
    ])
      await expect(act).rejects.toEqual(gone);
    expect(await readdir(directory)).not.toContain('root');
  });

  it('makes no signed links without the service', async () => {
    await expect(w.signedUrl('x', 60)).rejects.toMatchObject({ error: 'workspace-without-links' });
  });
});

describe('move', () => {
  it('keeps times and links across disks', async () => {
    const source = path.join(directory, 'tree');
    await mkdir(source);
    await writeFile(path.join(source, 'file'), 'x');
    await utimes(path.join(source, 'file'), 1000, 2000);
    await symlink('../nowhere', path.join(source, 'link'));
    await move(source, path.join(otherDisk, 'tree'));
    expect((await stat(path.join(otherDisk, 'tree/file'))).mtimeMs).toBe(2_000_000);
    expect(await readlink(path.join(otherDisk, 'tree/link'))).toBe('../nowhere');
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('linkOrCopy', () => {
  it('links on one disk and copies across two', async () => {
    const source = path.join(directory, 'source');
    await writeFile(source, 'x');
    expect(await linkOrCopy(source, path.join(directory, 'same'))).toBe('linked');
    expect((await stat(path.join(directory, 'same'))).ino).toBe((await stat(source)).ino);
    expect(await linkOrCopy(source, path.join(otherDisk, 'other'))).toBe('copied');
    expect(await readFile(path.join(otherDisk, 'other'), 'utf8')).toBe('x');
  });
});
