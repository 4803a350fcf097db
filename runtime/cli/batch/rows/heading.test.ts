import { describe, expect, it } from '@jest/globals';
import { testManifest } from '../../../../test/support/manifest.ts';
import { readHeading } from './heading.ts';

const manifest = testManifest({
  interface: {
    inputs: {
      files: [{ name: 'input-file' }, { name: 'SIDE_NOTES', required: false, multiple: true }],
      json: [{ name: 'THRESHOLD', type: 'number', required: false }],
    },
  },
});

const read = (...cells: string[]) => readHeading(cells, manifest, 'batch.csv');
const namesOf = (...cells: string[]) =>
  read(...cells).map((column) => (column.kind === 'none' ? '' : `${column.kind} ${column.input.name}`));

describe('the heading of a batch file', () => {
  it.each<[string, string[], string[]]>([
    ['names as the manifest has them', ['input-file'], ['file input-file']],
    ['names of their variables', ['INPUT_FILE', 'side-notes'], ['file input-file', 'file SIDE_NOTES']],
    [
      'any order, JSON inputs too',
      ['threshold', 'SIDE_NOTES', 'input-file'],
      ['json THRESHOLD', 'file SIDE_NOTES', 'file input-file'],
    ],
    ['a comma at the end', ['input-file', ''], ['file input-file', '']],
  ])('%s', (_, cells, expected) => {
    expect(namesOf(...cells)).toEqual(expected);
  });

  it.each([
    [
      'a name that is not there',
      ['input-file', 'TRESHOLD'],
      /no input "TRESHOLD" \(did you mean THRESHOLD\?\)/,
    ],
    ['a name twice', ['input-file', 'INPUT_FILE'], /names input-file twice/],
    ['a required input is missing', ['THRESHOLD'], /lacks input-file, which each row needs/],
    ['no name at all', ['', ''], /names no input/],
    ['other separators', ['input-file;THRESHOLD'], /columns are separated by commas/],
    ['all names are told', ['x'], /which has input-file, SIDE_NOTES, THRESHOLD/],
  ])('%s', (_, cells, message) => {
    let sentence = '';
    try {
      read(...cells);
    } catch (thrown) {
      ({ sentence } = thrown as { sentence: string });
    }
    expect(sentence).toMatch(message);
  });
});
