const form = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([^+]+))?/;

/**
 * Compares versions by the rules of Semantic Versioning: `1.0.0-beta.2` < `1.0.0-beta.11` < `1.0.0` < `1.0.1`. What is no
 * such version comes before all that are. Pure.
 * @returns less than 0 where `one` comes first, more where `other` does
 */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [form.exec(one), form.exec(other)];
  if (!a || !b) return a ? 1 : b ? -1 : one < other ? -1 : Number(one > other);
  for (const part of [1, 2, 3]) {
    const difference = Number(a[part] ?? 0) - Number(b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  const [first, second] = [a[4], b[4]];
  if (first === undefined || second === undefined)
    return Number(first === undefined) - Number(second === undefined);
  return compareParts(first.split('.'), second.split('.'));
}

function compareParts(one: readonly string[], other: readonly string[]): number {
  for (const [at, part] of one.entries()) {
    const against = other[at];
    if (against === undefined) return 1;
    if (part === against) continue;
    const [isNumber, isToo] = [part, against].map((text) => /^\d+$/.test(text));
    if (isNumber && isToo) return Number(part) - Number(against);
    if (isNumber !== isToo) return isNumber ? -1 : 1;
    return part < against ? -1 : 1;
  }
  return one.length - other.length;
}
