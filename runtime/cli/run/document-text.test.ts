import { describe, expect, it } from '@jest/globals';
import type { FileDocument } from '../../../seed-schema/index.ts';
import { PackedList } from '../../workspace/index.ts';
import { documentText } from './document-text.ts';
import { emptyDraft } from './document.ts';

const file = (id: number): FileDocument => ({
  id,
  file_name: `f${id}\n"1.txt`,
  path: `/out/f${id}.txt`,
  file_size: id,
  sha256: null,
  media_type: 'text/plain',
  geometry: { type: 'Point', coordinates: [1, 2] },
  data_started: null,
  data_ended: null,
  meta_data: { id, empty: {} },
});

describe('documentText', () => {
  it('is the text of the whole document, in parts that hold some of the files each', () => {
    const files = Array.from({ length: 1201 }, (_, id) => file(id));
    const packed = new PackedList<FileDocument>();
    packed.push(...files);
    const draft = emptyDraft(new Date(0));
    const outputs = { json: { N: [1] }, files: { MANY: packed, NONE: [], ONE: [file(7)] } };
    const parts = [...documentText({ ...draft, outputs })];
    const whole = { ...draft, outputs: { ...outputs, files: { ...outputs.files, MANY: files } } };
    expect(parts.join('')).toBe(`${JSON.stringify(whole, null, 2)}\n`);
    expect(parts.filter((part) => part.includes('"id": 0,') || part.includes('"id": 1200,'))).toHaveLength(2);
  });

  it('is the text of a document without files', () => {
    const draft = emptyDraft(new Date(0));
    expect([...documentText(draft)].join('')).toBe(`${JSON.stringify(draft, null, 2)}\n`);
  });
});
