import type { Dimensions, Vector } from './dimensions.ts';
import { availableGrains, freeGrains } from './grains.ts';
import type { PlacementNode } from './placement.ts';

/** A node as it becomes while jobs are placed on it. */
export class NodeState {
  readonly node: PlacementNode;
  /** Kept for a job: no other one is placed here. */
  reserved = false;
  readonly #dimensions: Dimensions;
  readonly #capacity: Vector;
  readonly #free: Vector;
  #slots: number;

  constructor(node: PlacementNode, dimensions: Dimensions) {
    this.node = node;
    this.#dimensions = dimensions;
    const { names } = dimensions;
    this.#capacity = Float64Array.from(names, (name) => availableGrains(node.capacity[name]));
    this.#free = Float64Array.from(names, (name) => freeGrains(name, node.capacity, node.promised));
    this.#slots = node.freeSlots;
  }

  fitsNow(need: Vector): boolean {
    return this.#slots > 0 && isWithin(need, this.#free);
  }

  /** Whether it would fit if nothing else ran here. */
  fitsEver(need: Vector): boolean {
    return isWithin(need, this.#capacity);
  }

  take(need: Vector): void {
    this.#slots -= 1;
    for (let at = 0; at < need.length; at++) this.#free[at]! -= need[at]!;
  }

  /**
   * How much would be free after a job that fits. All resources count, so that a job without GPUs goes to a node
   * without GPUs while it can.
   */
  leftOver(need: Vector): number {
    return this.#dimensions.sum((at) => this.#free[at]! - need[at]!);
  }

  /** How much has to become free for a job; 0 where it lacks a slot only, which the end of any job here gives it. */
  missing(need: Vector): number {
    return this.#dimensions.sum((at) => (need[at]! > 0 ? Math.max(0, need[at]! - this.#free[at]!) : 0));
  }
}

/** What is not needed may be over-promised: after a node's capacity was lowered, jobs that need the rest still fit. */
function isWithin(need: Vector, amounts: Vector): boolean {
  for (let at = 0; at < need.length; at++) if (need[at] !== 0 && !(need[at]! <= amounts[at]!)) return false;
  return true;
}
