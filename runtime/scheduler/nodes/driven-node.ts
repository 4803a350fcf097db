import type { Engine, EngineCapabilities, PreparedNetworks } from '../../engine/index.ts';
import type { NodeImages } from './node-images.ts';

/** A node whose engine this runtime drives. */
export interface DrivenNode {
  /** `node.id`. */
  readonly id: number;
  readonly name: string;
  readonly engine: Engine;
  readonly machine: EngineCapabilities;
  readonly images: NodeImages;
  /** Network namespaces for its jobs; others after each new connection to the database. */
  networks: PreparedNetworks;
  /** Whether its engine answers and has room: only then it is offered jobs. */
  isReady: boolean;
}
