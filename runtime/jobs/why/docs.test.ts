import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { waitReasons } from './reasons.ts';

const page = await readFile(path.join(import.meta.dirname, '../../../docs/scheduler.md'), 'utf8');
const [, table = ''] = /<!-- wait-reasons -->\n\n([^]*?)\n\n/.exec(page) ?? [];

describe('docs/scheduler.md', () => {
  it('has every reason why a job waits, with its title and what to do', () => {
    const rows = table
      .split('\n')
      .slice(2)
      .map((row) => row.split('|').map((cell) => cell.trim()));
    expect(rows.map(([, name, title]) => [name, title])).toEqual(
      Object.entries(waitReasons).map(([name, title]) => [`\`${name}\``, title]),
    );
    expect(rows.filter(([, , , advice]) => !advice)).toEqual([]);
  });
});
