import { expect, it } from '@jest/globals';
import type { JobDescription } from '../index.ts';
import { memberChanges } from './member-changes.ts';
import { mostSimilar } from './most-similar.ts';

const sha = (digit: string) => digit.repeat(64);
const file = (name: string, digit: string) => ({ name, sha256: sha(digit) });
const manifest = (job: object) => JSON.stringify({ seedVersion: '1.0.0', job });

const base: JobDescription = {
  version: 1,
  image: sha('1'),
  manifest: manifest({ timeout: 60, interface: { command: 'a' } }),
  command: 'a',
  settings: { MODE: 'fast', OLD: 'x' },
  secrets: { TOKEN: sha('2') },
  json: { N: '1' },
  resources: { mem: '64.0' },
  mounts: {},
  network: 'none',
  inputs: { A: [file('a', 'a')], B: [file('x', '3'), file('y', '4')] },
};

const changed = (change: Partial<JobDescription>) =>
  memberChanges(base, { ...base, ...change } as JobDescription).map(({ member, kind, old, new: fresh }) => [
    member,
    kind,
    old,
    fresh,
  ]);

it('names each member that differs, once, and no secret', () => {
  expect(changed({})).toEqual([]);
  expect(changed({ image: sha('9') })).toEqual([['image', 'changed', sha('1'), sha('9')]]);
  expect(changed({ command: 'b', manifest: manifest({ timeout: 61, interface: { command: 'b' } }) })).toEqual(
    [
      ['command', 'changed', 'a', 'b'],
      ['manifest.job.timeout', 'changed', '60', '61'],
    ],
  );
  expect(changed({ settings: { MODE: 'slow', NEW: 'y' }, secrets: { TOKEN: sha('5') } })).toEqual([
    ['secrets.TOKEN', 'changed', null, null],
    ['settings.MODE', 'changed', 'fast', 'slow'],
    ['settings.NEW', 'added', null, 'y'],
    ['settings.OLD', 'removed', 'x', null],
  ]);
});

it('names files by their names, and their order where there are several', () => {
  expect(changed({ inputs: { A: [file('b', 'b')], B: [file('y', '4'), file('x', '7')] } })).toEqual([
    ['inputs.A.name', 'changed', 'a', 'b'],
    ['inputs.A.sha256', 'changed', sha('a'), sha('b')],
    ['inputs.B.order', 'changed', 'x, y', 'y, x'],
    ['inputs.B.x.sha256', 'changed', sha('3'), sha('7')],
  ]);
  expect(changed({ inputs: { A: [{ ...file('a', 'a'), about: '{"media_type":"image/tiff"}' }] } })).toEqual([
    ['inputs.A.about', 'added', null, '{"media_type":"image/tiff"}'],
    ['inputs.B', 'removed', expect.any(String), null],
  ]);
});

it('finds the run that shares most inputs, then the one with least changes, then the newest', () => {
  const run = (jobExeId: number, change: Partial<JobDescription>) => ({
    jobId: jobExeId,
    jobExeId,
    outputId: sha('0'),
    description: { ...base, ...change } as JobDescription,
  });
  const find = (...runs: ReturnType<typeof run>[]) => mostSimilar(base, runs)?.jobExeId;
  const otherInputs = run(1, { inputs: {} });
  const twoChanges = run(2, { image: sha('8'), network: 'bridge' });
  const oneChange = run(3, { image: sha('8') });
  expect(find()).toBeUndefined();
  expect(find(otherInputs, twoChanges)).toBe(2);
  expect(find(twoChanges, otherInputs)).toBe(2);
  expect(find(oneChange, twoChanges, otherInputs)).toBe(3);
  expect(find(run(4, { image: sha('8') }), oneChange)).toBe(4);
});
