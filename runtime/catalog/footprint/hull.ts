type Point = readonly [number, number];

/** The convex hull of places (Andrew's monotone chain), near the first of them across the antimeridian; an open ring. */
export function hull(points: readonly Point[]): Point[] {
  const first = points[0]?.[0] ?? 0;
  const sorted = points
    .map(([x, y]) => [x - 360 * Math.round((x - first) / 360), y] as Point)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (ordered: readonly Point[]) => {
    const kept: Point[] = [];
    for (const point of ordered) {
      while (kept.length >= 2 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}
