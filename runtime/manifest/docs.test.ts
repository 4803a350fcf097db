import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { metadataErrors, metadataWarnings } from '../../seed-schema/index.ts';
import { manifestErrors, manifestWarnings } from './findings.ts';
import { imageName } from './image-name.ts';
import { judgeManifestText } from './parse.ts';
import type { Manifest } from './manifest.ts';

const root = path.join(import.meta.dirname, '../..');
const page = await readFile(path.join(root, 'docs/manifest.md'), 'utf8');

/** Rows of the table under a heading, as cells. */
function table(heading: string): string[][] {
  const [, after = ''] = page.split(`${heading}\n`);
  const rows = (after.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/manifest.md', () => {
  it.each([
    ['### Errors of a manifest', manifestErrors],
    ['### Warnings of a manifest', manifestWarnings],
    ['### Errors of a metadata sidecar (`seed validate --sidecar`)', metadataErrors],
    ['### Warnings of a metadata sidecar', metadataWarnings],
  ])('%s: has every name with its meaning', (heading, names) => {
    expect(table(heading)).toEqual(Object.entries(names).map(([name, meaning]) => [`\`${name}\``, meaning]));
  });

  it('has every name that the code mentions', async () => {
    const folders = ['runtime/manifest', 'runtime/manifest/rules', 'seed-schema/metadata'];
    const mentioned = new Set<string>();
    for (const folder of folders)
      for (const name of await readdir(path.join(root, folder))) {
        if (
          !name.endsWith('.ts') ||
          /\.(test|fixture)\./.test(name) ||
          name === 'names.ts' ||
          name === 'findings.ts'
        )
          continue;
        const source = await readFile(path.join(root, folder, name), 'utf8');
        for (const [, finding] of source.matchAll(
          /(?:(?:error|warn)\(\s*|name: |: ManifestWarningName = )'([A-Z_]{6,})'/g,
        ))
          mentioned.add(finding!);
      }
    const known = Object.keys({
      ...manifestErrors,
      ...manifestWarnings,
      ...metadataErrors,
      ...metadataWarnings,
    });
    expect([...mentioned].filter((name) => !known.includes(name))).toEqual([]);
    expect(mentioned.size).toBeGreaterThan(25);
  });

  it('shows a manifest that deserves no warning', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
    expect(judgeManifestText(example)).toMatchObject({ is_valid: true, errors: [], warnings: [] });
  });

  it('shows image names as they are made', () => {
    const rows = table("## The image's name");
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const [name, jobVersion, packageVersion, image] = row.map((cell) => cell.replaceAll('`', ''));
      expect(imageName({ job: { name, jobVersion, packageVersion } as unknown as Manifest['job'] })).toBe(
        image,
      );
    }
  });
});
