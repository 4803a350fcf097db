import type { Observation } from '../../engine/index.ts';
import type { DrivenNode } from './driven-node.ts';

/** The containers of a node as they are now, listed once for all who ask; anew when that failed. */
export class Containers {
  readonly #list: () => Promise<Observation[]>;
  #listed: Promise<Map<number, Observation>> | undefined;

  constructor({ engine }: Pick<DrivenNode, 'engine'>, installation: string) {
    this.#list = () => engine.list(installation);
  }

  /** @throws engine-unreachable, engine-error */
  async of(execution: number): Promise<Observation | undefined> {
    const listing = (this.#listed ??= this.#list().then(
      (all) => new Map(all.map((one) => [one.key.execution, one])),
    ));
    try {
      return (await listing).get(execution);
    } catch (thrown) {
      if (this.#listed === listing) this.#listed = undefined;
      throw thrown;
    }
  }
}
