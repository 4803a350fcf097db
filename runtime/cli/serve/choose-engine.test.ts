import { expect, it } from '@jest/globals';
import { simulatedEngine, simulatedImage } from '../../../test/support/simulated.ts';
import type { DrivenNode } from '../../scheduler/index.ts';
import { chooseEngine } from './choose-engine.ts';

const nodeOf = async (isReady: boolean, here: boolean) =>
  ({
    name: 'one',
    isReady,
    engine: await simulatedEngine({ images: [{ reference: simulatedImage, here }] }),
  }) as unknown as DrivenNode;

it('is one that has the image, before others that could fetch it', async () => {
  const [without, has] = [await nodeOf(true, false), await nodeOf(true, true)];
  expect(await chooseEngine([without, has], simulatedImage)).toBe(has.engine);
});

it('is one of a node that takes no jobs now where only that one is left: what is submitted waits for it', async () => {
  const full = await nodeOf(false, true);
  expect(await chooseEngine([full], simulatedImage)).toBe(full.engine);
  const ready = await nodeOf(true, false);
  expect(await chooseEngine([full, ready], simulatedImage)).toBe(ready.engine);
});

it('is none where no engine is ready, and none has the image', async () => {
  await expect(chooseEngine([await nodeOf(false, false)], simulatedImage)).rejects.toMatchObject({
    error: 'engine-unreachable',
  });
});
