import { describe, expect, it } from '@jest/globals';
import { changed } from './complete-manifest.fixture.ts';
import { manifestFromLabels, manifestLabel, manifestLabelName, manifestTextFromLabels } from './label.ts';

const document = changed(
  'job.description',
  'A "quoted" path C:\\dir\\$x, a/b <&> é \n two lines \\$5 \u2028',
  changed('job.tags', ["it's", '\\"']) as object,
);
const raw = JSON.stringify(document);

/** As seed-cli's build command writes it: Go's JSON string literal, then a backslash before each `$` and `/`. */
function seedCliLiteral(text: string): string {
  const go = JSON.stringify(text).replace(
    /[<>&\u2028]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return go.replaceAll('$', '\\$').replaceAll('/', '\\/');
}

const forms: [string, string][] = [
  ['raw JSON', raw],
  ['raw JSON with white space', `\n ${JSON.stringify(document, null, 2)} \n`],
  ['the literal of seed-cli', seedCliLiteral(raw)],
  ['the literal of seed-cli without its quotes', seedCliLiteral(raw).slice(1, -1)],
  ['a plain string literal', JSON.stringify(raw)],
  ['a string literal of a string literal', JSON.stringify(JSON.stringify(raw))],
  ['raw JSON in which only $ and / are escaped', raw.replace(/(?<!\\)[$/]/g, '\\$&')],
  ['raw JSON in single quotes', `'${raw}'`],
];

describe('the manifest label', () => {
  it.each(forms)('is understood as %s', (_, label) => {
    expect(JSON.parse(manifestTextFromLabels({ other: 'x', [manifestLabelName]: label }, 'image'))).toEqual(
      document,
    );
    expect(manifestFromLabels({ [manifestLabelName]: label }, 'image').manifest.job.tags).toEqual([
      "it's",
      '\\"',
    ]);
  });

  it.each([[{}], [null], [undefined], [{ 'com.example': 'x' }]])('is missed in %j', (labels) => {
    expect(() => manifestFromLabels(labels, 'debian:12')).toThrow(
      'debian:12 has no Seed manifest: it has no label com.ngageoint.seed.manifest.',
    );
  });

  it.each([
    ['', 'line 1, column 1'],
    ['{"seedVersion": "1.0.0",}', 'line 1, column 24: the comma before } is one too many'],
    [JSON.stringify('{"seedVersion": "1.0.0",}'), 'line 1, column 24: the comma before } is one too many'],
    ['5', 'must be an object'],
    ['null', 'must be an object'],
    [JSON.stringify('{}'), 'seedVersion is missing'],
  ])('%j is refused as what it holds', (label, words) => {
    expect(() => manifestFromLabels({ [manifestLabelName]: label }, 'image')).toThrow(words);
  });

  it("is written as the author's document, minified", () => {
    const text = '\uFEFF{ "seedVersion" : "1.0.0",\n "job": {"timeout": 1.0e1, "title": "a  b \\u00e9" } }';
    expect(manifestLabel(text)).toEqual({
      [manifestLabelName]: '{"seedVersion":"1.0.0","job":{"timeout":1.0e1,"title":"a  b \\u00e9"}}',
    });
    expect(() => manifestLabel('{')).toThrow('it is not JSON');
  });

  it('is read back as it was written', () => {
    const label = manifestLabel(JSON.stringify(document, null, 4));
    expect(JSON.parse(manifestTextFromLabels(label, 'image'))).toEqual(document);
  });
});
