import type { ImportRun } from './import-run.ts';

const kind = 'lineage';

/** Which file was made from which; the jobs that made them stay in Scale. */
export async function takeLineage({
  source,
  mapping,
  report,
  together,
  tell,
  signal,
}: ImportRun): Promise<void> {
  const counts = report.counts[kind];
  for await (const page of source.pages('file_ancestry_link')) {
    signal.throwIfAborted();
    // Scale notes an input that nothing was made from, too.
    const links = page.filter((row) => row.descendant_id != null && row.ancestor_id != null);
    counts.found += links.length;
    await together(async (tx) => {
      const ids = [...new Set(links.flatMap((row) => [row.ancestor_id!, row.descendant_id!]))];
      const files = await mapping.of(tx, 'file', ids);
      const both = links.filter((row) => {
        if (files.has(row.ancestor_id!) && files.has(row.descendant_id!)) return true;
        report.left(kind, `${row.ancestor_id} → ${row.descendant_id}`, 'one of its files was not taken over');
        return false;
      });
      const made = await tx.execute(
        `insert into file_ancestry_link (ancestor_id, descendant_id)
         select a, d from unnest($1::bigint[], $2::bigint[]) as link (a, d) on conflict do nothing`,
        [both.map((row) => files.get(row.ancestor_id!)), both.map((row) => files.get(row.descendant_id!))],
      );
      counts.taken += made;
      counts.known += both.length - made;
    });
    tell(`${counts.found} links`);
  }
}
