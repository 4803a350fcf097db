import { SeedbedError } from '../../errors/index.ts';
import type { DeadAmong, PreparedNetworks } from '../engine.ts';

interface Holder {
  readonly installation: string;
  readonly runtime: string;
}

/** The networks of a simulated engine: those that every engine has, and prepared ones. */
export class SimulatedNetworks {
  readonly #holders = new Map<string, Holder>();
  #count = 0;

  has(network: string): boolean {
    return ['none', 'bridge', 'host'].includes(network) || this.#holders.has(network);
  }

  prepare(installation: string, runtime: string): PreparedNetworks {
    const idle: string[] = [];
    const own = new Set<string>();
    let retired = false;
    const discard = (network: string) => this.#holders.delete(network);
    return {
      acquire: async () => {
        if (retired)
          throw new SeedbedError('internal-error', {
            reason: 'prepared networks are asked for after their end',
          });
        const network = idle.pop() ?? `container:simulated-${++this.#count}`;
        own.add(network);
        this.#holders.set(network, { installation, runtime });
        let released = false;
        const release = () => {
          if (!released && !retired) idle.push(network);
          else if (retired) discard(network);
          released = true;
        };
        return { network, release };
      },
      retire: () => {
        retired = true;
        idle.splice(0).forEach(discard);
      },
      close: async () => {
        retired = true;
        own.forEach(discard);
      },
    };
  }

  /** Removes the prepared ones of runtimes that are no more. */
  async removeDead(installation: string, deadAmong: DeadAmong): Promise<void> {
    const holders = [...this.#holders].filter(([, holder]) => holder.installation === installation);
    const dead = new Set(await deadAmong([...new Set(holders.map(([, { runtime }]) => runtime))]));
    for (const [network, { runtime }] of holders) if (dead.has(runtime)) this.#holders.delete(network);
  }
}
