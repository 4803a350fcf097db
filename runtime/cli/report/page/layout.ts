/** A node and those before it, by their names. */
export interface LaidNode {
  readonly name: string;
  readonly parents: readonly string[];
}

/** Where a node stands: layers from the top, columns from the left, in units of a node, centred. */
export interface Layout {
  readonly places: ReadonlyMap<string, { readonly column: number; readonly layer: number }>;
  /** Each from parent to child, by way of the layers between. */
  readonly edges: readonly {
    readonly parent: string;
    readonly child: string;
    readonly by: readonly { readonly column: number; readonly layer: number }[];
  }[];
  readonly columns: number;
  readonly layers: number;
}

/** Longer edges go straight: a place in each layer would cost more than it shows. */
const longest = 12;
const sweeps = 4;

interface Slot {
  readonly layer: number;
  before: Slot[];
  after: Slot[];
  at: number;
}

/**
 * Nodes in layers, each one below the last of its parents, and in a layer in the order of the middle of what they are
 * connected with, so that few edges cross (Sugiyama's way). Pure.
 * @param nodes each after all its parents
 */
export function layOut(nodes: readonly LaidNode[]): Layout {
  const slots = new Map<string, Slot>();
  const layers: Slot[][] = [];
  const put = (layer: number): Slot => {
    const row = (layers[layer] ??= []);
    const slot: Slot = { layer, before: [], after: [], at: row.length };
    row.push(slot);
    return slot;
  };
  const edges: { parent: string; child: string; way: Slot[] }[] = [];
  for (const { name, parents } of nodes) {
    const known = parents.flatMap((parent) => {
      const slot = slots.get(parent);
      return slot ? [{ parent, slot }] : [];
    });
    const own = put(Math.max(-1, ...known.map(({ slot }) => slot.layer)) + 1);
    slots.set(name, own);
    for (const { parent, slot } of known) edges.push({ parent, child: name, way: connect(slot, own, put) });
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? layers : [...layers].reverse()) arrange(row, down ? 'before' : 'after');
  }
  const columns = Math.max(1, ...layers.map((row) => row.length));
  const placeOf = ({ layer, at }: Slot) => ({ layer, column: at + (columns - layers[layer]!.length) / 2 });
  return {
    places: new Map([...slots].map(([name, slot]) => [name, placeOf(slot)])),
    edges: edges.map(({ way, ...edge }) => ({ ...edge, by: way.map(placeOf) })),
    columns,
    layers: layers.length,
  };
}

/** @returns places in the layers between */
function connect(from: Slot, to: Slot, put: (layer: number) => Slot): Slot[] {
  const between = to.layer - from.layer - 1 > longest ? 0 : Math.max(0, to.layer - from.layer - 1);
  const way = Array.from({ length: between }, (_, at) => put(from.layer + 1 + at));
  const whole = [from, ...way, to];
  for (const [at, slot] of whole.slice(1).entries()) {
    whole[at]!.after.push(slot);
    slot.before.push(whole[at]!);
  }
  return way;
}

function arrange(row: Slot[], side: 'before' | 'after'): void {
  const middle = new Map(
    row.map((slot) => {
      const near = slot[side];
      const sum = near.reduce((total, { at }) => total + at, 0);
      return [slot, near.length === 0 ? slot.at : sum / near.length];
    }),
  );
  row.sort((a, b) => middle.get(a)! - middle.get(b)! || a.at - b.at);
  for (const [at, slot] of row.entries()) slot.at = at;
}
