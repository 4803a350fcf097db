import { describe, expect, it } from '@jest/globals';
import { parted } from './assignments.ts';

describe('several assignments in one option, as seed-cli read them', () => {
  it.each([
    ['are parted', ['A=1,B=2'], ['A=1', 'B=2']],
    ['by the variable of a name', ['A=1,in-put=2'], ['A=1', 'in-put=2']],
    ['not at other commas', ['A=1,2,3', 'C=x,y=z'], ['A=1,2,3', 'C=x,y=z']],
    ['not where the name is given elsewhere', ['A=1,B=2', 'B=3'], ['A=1,B=2', 'B=3']],
    ['with commas in between', ['A=1,2,B=3,4,in_put=5'], ['A=1,2', 'B=3,4', 'in_put=5']],
    ['not in a path that exists', [`A=${import.meta.filename}`], [`A=${import.meta.filename}`]],
    ['not without a value', ['A'], ['A']],
  ])('%s', (_, written, read) => {
    expect(parted(written, ['A', 'B', 'C', 'IN_PUT'])).toEqual(read);
  });
});
