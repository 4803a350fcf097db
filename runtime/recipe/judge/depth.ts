/** Whether arrays and objects of a parsed document nest deeper than `limit`; a document that contains itself does. */
export function nestsDeeperThan(document: unknown, limit: number): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: document, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === limit) return true;
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 });
  }
  return false;
}
