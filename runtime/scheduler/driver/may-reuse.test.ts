import { expect, it } from '@jest/globals';
import { mayReuse } from './may-reuse.ts';

const mount = { name: 'CACHE', source: '/cache', target: '/cache' };
const plain = { mounts: [], volumes: [] };
const reading = { mounts: [{ ...mount, mode: 'ro' as const }] };
const writing = { mounts: [{ ...mount, mode: 'rw' as const }] };
const reaching = { ...plain, network: 'bridge' };

it.each([
  ['nobody said so', { job: null, type: false }, null, plain, false],
  ['its job type says so', { job: null, type: true }, null, plain, true],
  ['its submission says otherwise', { job: false, type: true }, null, plain, false],
  ['its submission says so', { job: true, type: false }, null, plain, true],
  ['its recipe says so', { job: true, type: false }, 7, plain, true],
  ['its recipe says so, and it reads a mount', { job: true, type: false }, 7, reading, true],
  ['its recipe says so, and it writes to a mount', { job: true, type: false }, 7, writing, 'CACHE'],
  ['its recipe says so, and it reaches a network', { job: true, type: false }, 7, reaching, 'bridge'],
  ['its job type says so, and it writes to a mount', { job: null, type: true }, 7, writing, true],
  ['its own submission says so, and it reaches a network', { job: true, type: false }, null, reaching, true],
])('where %s', (_, reuse, recipeId, request, decided) => {
  const { reuses, warning } = mayReuse({ reuse, recipeId }, request);
  expect(reuses).toBe(decided === true);
  // What was ignored names what it would have reached.
  expect(/mount (\w+)|network (\w+)/.exec(warning?.description ?? '')?.[0].split(' ')[1] ?? reuses).toBe(
    decided,
  );
});
