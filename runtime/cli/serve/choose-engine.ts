import type { Engine } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { DrivenNode } from '../../scheduler/index.ts';

/** The engine that reads the label of an image: one that has it already, else the first that answers. @throws engine-unreachable */
export async function chooseEngine(nodes: readonly DrivenNode[], image: string): Promise<Engine> {
  const ready = nodes.filter(({ isReady }) => isReady);
  for (const { engine } of ready) if (await engine.inspectImage(image).catch(() => undefined)) return engine;
  const [first] = ready;
  if (first) return first.engine;
  throw new SeedbedError('engine-unreachable', {
    where: nodes.map(({ name }) => name).join(', ') || 'any of the nodes',
    reason: 'none of them is ready; `seed nodes` says why',
  });
}
