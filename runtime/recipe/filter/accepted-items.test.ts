import { describe, expect, it } from '@jest/globals';
import type { DataInterface } from '../../../seed-schema/index.ts';
import { acceptedItems } from './accepted-items.ts';
import { fileOf, filterOf } from './filter.fixture.ts';

const parameters: DataInterface = {
  files: [{ name: 'TILE', media_types: [], required: true, multiple: false }],
  json: [
    { name: 'SIZE', type: 'integer', required: false },
    { name: 'MODE', type: 'string', required: false },
  ],
};
const tiles = ['a.png', 'b.tif', 'c.png'].map((name) => fileOf('filename', name));
const isPng = filterOf({ name: 'TILE', type: 'filename', condition: 'contains', values: ['.png'] });
const isLarge = filterOf({ name: 'SIZE', type: 'integer', condition: '>', values: [2] });
const isFast = filterOf({ name: 'MODE', values: ['fast'] });

describe('acceptedItems', () => {
  it('judges each file alone', () => {
    const one = { filters: [isPng], all: true };
    expect(acceptedItems(one, parameters, 'TILE', { files: { TILE: tiles }, json: {} })).toEqual([0, 2]);
  });

  it('judges each element of an array alone', () => {
    const data = { files: {}, json: { SIZE: [1, 3, 2, 3, 'x'] } };
    expect(acceptedItems({ filters: [isLarge], all: true }, parameters, 'SIZE', data)).toEqual([1, 3]);
  });

  it('judges it beside the other inputs', () => {
    const both = { filters: [isPng, isFast], all: true };
    const accepted = (MODE: string) =>
      acceptedItems(both, parameters, 'TILE', { files: { TILE: tiles }, json: { MODE } });
    expect(accepted('fast')).toEqual([0, 2]);
    expect(accepted('slow')).toEqual([]);
    const either = { filters: [isPng, isFast], all: false };
    const data = { files: { TILE: tiles }, json: { MODE: 'fast' } };
    expect(acceptedItems(either, parameters, 'TILE', data)).toEqual([0, 1, 2]);
  });

  it('accepts all without a filter, and nothing of what is not there or no list', () => {
    const none = { filters: [], all: true };
    expect(acceptedItems(none, parameters, 'TILE', { files: { TILE: tiles }, json: {} })).toEqual([0, 1, 2]);
    expect(acceptedItems(none, parameters, 'TILE', { files: { TILE: [] }, json: {} })).toEqual([]);
    expect(acceptedItems(none, parameters, 'TILE', { files: {}, json: {} })).toEqual([]);
    expect(acceptedItems(none, parameters, 'SIZE', { files: {}, json: { SIZE: 5 } })).toEqual([]);
  });
});
