import type { Engine } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { DrivenNode } from '../../scheduler/index.ts';

/**
 * The engine that reads the label of an image: one that has it already, else the first that is ready. Where none is, as on a
 * full disk, one that has it still: what is submitted waits until there is room.
 * @throws engine-unreachable
 */
export async function chooseEngine(nodes: readonly DrivenNode[], image: string): Promise<Engine> {
  const ready = nodes.filter(({ isReady }) => isReady);
  const holder = await holderOf(ready.length > 0 ? ready : nodes, image);
  const chosen = holder ?? ready[0]?.engine;
  if (chosen) return chosen;
  throw new SeedbedError('engine-unreachable', {
    where: nodes.map(({ name }) => name).join(', ') || 'any of the nodes',
    reason: 'none of them is ready; `seed nodes` says why',
  });
}

async function holderOf(nodes: readonly DrivenNode[], image: string): Promise<Engine | undefined> {
  for (const { engine } of nodes) if (await engine.inspectImage(image).catch(() => undefined)) return engine;
  return undefined;
}
