/** The candidate that a misspelt `word` most likely means, if any is near: the same but for case and `_-`, or a few edits away. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const same = alike(word, candidates);
  if (same !== undefined) return same;
  if (word.length > 64) return undefined;
  const scored = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= Math.max(1, candidate.length / 2))
    .map((candidate) => ({ candidate, distance: distance(plain(word), plain(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return scored[0]?.candidate;
}

/** The candidate that is the same as `word` but for case and `_-`. */
export function alike(word: string, candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => plain(candidate) === plain(word));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[_\s-]/g, '');
}

/** Edits (insert, delete, replace, swap neighbours) between two words. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
