import { describe, expect, it } from '@jest/globals';
import { compareFiles, type OriginalFile } from './compare.ts';
import { differences } from './differences.ts';
import { lostInputs } from './origin.ts';

let ids = 0;
const file = (output: string, name: string, sha256: string | null, path = name): OriginalFile => ({
  id: (ids += 1),
  ...{ output, name, path, sha256 },
});
const verdicts = (originals: OriginalFile[], again: OriginalFile[]) =>
  compareFiles(originals, again).map(({ output, name, verdict }) => `${output} ${name} ${verdict}`);

describe('compareFiles', () => {
  it('says of each file whether it is the same, differs, is missing or is extra', () => {
    expect(
      verdicts(
        [file('A', 'a', '1'), file('A', 'b', '2'), file('B', 'a', '3')],
        [file('A', 'a', '1'), file('A', 'b', '9'), file('C', 'a', '3')],
      ),
    ).toEqual(['A a same', 'A b differs', 'B a missing', 'C a extra']);
    expect(verdicts([], [])).toEqual([]);
  });

  it('finds those of one name that are the same, wherever they are', () => {
    const originals = [
      file('A', 'x', '1', 'one/x'),
      file('A', 'x', '2', 'two/x'),
      file('A', 'x', '3', 'u/x'),
    ];
    expect(verdicts(originals, [file('A', 'x', '2', 'a/x'), file('A', 'x', '9', 'b/x')])).toEqual([
      'A x same',
      'A x differs',
      'A x missing',
    ]);
    const [same] = compareFiles(originals, [file('A', 'x', '2')]);
    expect(same).toMatchObject({ verdict: 'same', original: { id: originals[1]!.id, sha256: '2' } });
  });

  it('takes nothing for the same whose checksum is not known', () => {
    expect(verdicts([file('A', 'a', null)], [file('A', 'a', null)])).toEqual(['A a differs']);
  });
});

describe('lostInputs', () => {
  it('names what was purged or deleted', () => {
    const known = (id: number, is_deleted: boolean) => ({ id, file_name: `f${id}`, is_deleted }) as never;
    const inputs = new Map([['IN', [known(1, false), known(2, true)]]]);
    expect(lostInputs({ inputs, given: { IN: 3, OTHER: 1 } })).toEqual([
      '1 of the 3 files of the input IN were purged',
      '1 of the 1 files of the input OTHER were purged',
      'the file 2 (f2) of the input IN was deleted',
    ]);
    expect(lostInputs({ inputs: new Map([['IN', [known(1, false)]]]), given: { IN: 1 } })).toEqual([]);
  });
});

describe('differences', () => {
  const description = {
    ...{ version: 1, image: 'a', manifest: '{}', command: 'x', network: 'none', resources: {}, mounts: {} },
    ...{ settings: { A: '1' }, secrets: { KEY: '9' }, json: {}, inputs: { IN: [{ sha256: '7' }] } },
  };

  it('names what decided the outputs and is not the same', () => {
    expect(differences(description, { ...description })).toEqual([]);
    const other = { ...description, image: 'b', settings: { A: '1', B: '2' }, secrets: { KEY: '8' } };
    expect(differences(description, other)).toEqual([
      'the image is not the same',
      'the setting B is not the same',
      'the secret setting KEY is not the same',
    ]);
  });
});
