import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { scanConfigurationValidator, strikeConfigurationValidator } from '../../seed-schema/index.ts';
import { compileRules, readExpression } from './rules/index.ts';

const page = readFileSync(new URL('../../docs/ingest.md', import.meta.url), 'utf8');

/** Rows of the table below a heading, their cells as written. */
function rowsOf(heading: string): string[][] {
  const [, table = ''] = page.split(`\n| ${heading} |`);
  const lines = table.split('\n').slice(2);
  return lines.slice(0, lines.indexOf('')).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands in backticks. */
const codes = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!.replaceAll('\\|', '|'));

describe('docs/ingest.md', () => {
  it('says what expressions match', () => {
    const rows = rowsOf('expression | matches | and not');
    expect(rows.length).toBeGreaterThan(4);
    for (const [source = '', yes = '', no = ''] of rows) {
      const expression = readExpression(codes(source)[0]!);
      if ('problem' in expression) throw new Error(`${source}: ${expression.problem}`);
      const all = [...codes(yes), ...codes(no)];
      expect([source, all.filter((path) => expression.matches(path))]).toEqual([source, codes(yes)]);
    }
  });

  it('says what expressions are refused', () => {
    const rows = rowsOf('refused | because');
    expect(rows.length).toBeGreaterThan(4);
    const sources = rows.flatMap(([cell = '']) => codes(cell));
    expect(sources.filter((source) => !('problem' in readExpression(source)))).toEqual([]);
  });

  it('has configurations that are valid', () => {
    const examples = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(
      ([, text]) => parse(text!).configuration,
    );
    expect(examples.length).toBe(2);
    const problems = examples.map((configuration) =>
      ('monitor' in configuration ? strikeConfigurationValidator : scanConfigurationValidator).problems(
        configuration,
      ),
    );
    expect(problems).toEqual([[], []]);
    for (const { files_to_ingest } of examples) compileRules(files_to_ingest);
  });
});
