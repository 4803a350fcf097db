import type { Queries } from '../../database/index.ts';

/** What has its counterpart here. */
export type MappedKind = 'workspace' | 'job_type' | 'recipe_type' | 'file';

/** Ids of a Scale and those here, as the database remembers them. */
export class Mapping {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** @param ids there @returns ids here by ids there, of those that are known */
  async of(db: Queries, kind: MappedKind, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await db.query<{ source: string; target: number }>(
      `select source_id::text as source, target_id as target from scale_import
       where source = $1 and kind = $2 and source_id = any($3::bigint[])`,
      [this.#source, kind, ids],
    );
    return new Map(rows.map((row) => [row.source, row.target]));
  }

  async all(db: Queries, kind: Exclude<MappedKind, 'file'>): Promise<Map<string, number>> {
    const rows = await db.query<{ source: string; target: number }>(
      'select source_id::text as source, target_id as target from scale_import where source = $1 and kind = $2',
      [this.#source, kind],
    );
    return new Map(rows.map((row) => [row.source, row.target]));
  }

  async keep(tx: Queries, kind: MappedKind, pairs: readonly (readonly [string, number])[]): Promise<void> {
    if (pairs.length === 0) return;
    await tx.query(
      `insert into scale_import (source, kind, source_id, target_id)
       select $1, $2, s, t from unnest($3::bigint[], $4::bigint[]) as pair (s, t)`,
      [this.#source, kind, pairs.map(([there]) => there), pairs.map(([, here]) => here)],
    );
  }
}
