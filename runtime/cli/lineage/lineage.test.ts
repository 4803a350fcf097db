import { describe, expect, it } from '@jest/globals';
import type { Lineage, LineageFile } from '../../catalog/index.ts';
import { asDot } from './dot.ts';
import { asTree } from './tree.ts';

const file = (id: number, name: string, distance: number): LineageFile => ({
  id,
  file_name: name,
  file_path: name,
  workspace: { id: 1, name: 'w' },
  file_type: distance < 0 ? 'SOURCE' : 'PRODUCT',
  media_type: 'x/y',
  file_size: 17,
  is_superseded: false,
  is_deleted: false,
  distance,
});
const link = (ancestor_id: number, descendant_id: number, job_id: number | null) => ({
  ancestor_id,
  descendant_id,
  job_id,
});
const job = (id: number) => ({
  id,
  job_type: { id: 1, name: 'cut', version: '1.0.0' },
  recipe: null,
  recipe_node: null,
});

/** 1 → 2 → 3 and 4 → 5 */
const lineage: Lineage = {
  files: [file(1, 'a.tif', -1), file(2, 'b "x".tif', 0), file(3, 'c', 1), file(4, 'd', 1), file(5, 'e', 2)],
  links: [link(1, 2, 7), link(2, 3, 8), link(2, 4, 8), link(3, 5, 9), link(4, 5, 9)],
  jobs: [job(7), job(8), job(9)],
  cut: { ancestors: false, descendants: true },
};
const plain = (text: string) => text.replace(/\u001b\[\d+m/g, '');

describe('a lineage', () => {
  it('is two trees for people, and what is cut is said', () => {
    expect(plain(asTree(lineage, 2)).trimEnd().split('\n')).toEqual([
      'b "x".tif  (file 2, PRODUCT, 17 bytes)',
      '└─ made by cut 1.0.0, job 7',
      '   └─ a.tif  (file 1, SOURCE, 17 bytes)',
      '└─ given to cut 1.0.0, job 8',
      '   ├─ c  (file 3, PRODUCT, 17 bytes)',
      '   │  └─ given to cut 1.0.0, job 9',
      '   │     └─ e  (file 5, PRODUCT, 17 bytes)',
      '   └─ d  (file 4, PRODUCT, 17 bytes)',
      '      └─ given to cut 1.0.0, job 9',
      '         └─ e  (file 5, PRODUCT, 17 bytes)',
      'There are more descendants: see --depth and --limit.',
    ]);
  });

  it('of files that were taken over goes on without their jobs', () => {
    const links = [link(1, 2, null), link(2, 3, null), link(2, 4, 8)];
    const files = lineage.files.slice(0, 4);
    const imported: Lineage = { files, links, jobs: [job(8)], cut: { ancestors: false, descendants: false } };
    expect(plain(asTree(imported, 2)).trimEnd().split('\n').slice(1)).toEqual([
      '└─ made by a job that was not taken over',
      '   └─ a.tif  (file 1, SOURCE, 17 bytes)',
      '├─ given to a job that was not taken over',
      '│  └─ c  (file 3, PRODUCT, 17 bytes)',
      '└─ given to cut 1.0.0, job 8',
      '   └─ d  (file 4, PRODUCT, 17 bytes)',
    ]);
    const edges = asDot(imported)
      .split('\n')
      .filter((line) => line.includes('->'));
    expect(edges).toEqual([
      '  file_2 -> job_8;',
      '  job_8 -> file_4;',
      '  file_1 -> file_2;',
      '  file_2 -> file_3;',
    ]);
  });

  it('is a graph for Graphviz, whatever files are called', () => {
    const lines = asDot(lineage).split('\n');
    expect(lines[0]).toBe('digraph lineage {');
    expect(lines).toContain(
      String.raw`  file_2 [label="b \"x\".tif\nfile 2", shape=box, style="rounded,bold"];`,
    );
    expect(lines.filter((line) => line.includes('->'))).toEqual([
      '  file_1 -> job_7;',
      '  file_2 -> job_8;',
      '  file_3 -> job_9;',
      '  file_4 -> job_9;',
      '  job_7 -> file_2;',
      '  job_8 -> file_3;',
      '  job_8 -> file_4;',
      '  job_9 -> file_5;',
    ]);
  });
});
