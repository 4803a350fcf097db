import { copyRow, hasCode, type LoadSession, type LoadTransaction } from '../database/index.ts';
import { registerArrivals, type Registered } from './arrivals.ts';
import { type Arrival, sourceColumns, type SourceRow, sourceRow } from './source-rows.ts';

const columns = Object.keys(sourceColumns) as (keyof SourceRow)[];
const copyStatement = `copy scale_file (id, workspace_id, file_type, ${columns.join(', ')}) from stdin`;
/** Rows go out in pieces of about so many characters. */
const pieceLength = 65_536;
/** How often a transaction begins again that met another one in a circle. */
const mostTries = 5;

/**
 * Registers very many files of one workspace, a few thousand in each call. Rows go straight into the catalogue by COPY for as
 * long as none of their places is known, which takes a third of the time of an INSERT that looks; where one is, its whole
 * call goes the way of `registerArrivals`, and so do the next ones until one of them was all new again.
 */
export class BulkRegistration {
  readonly #session: LoadSession;
  readonly #workspaceId: number;
  #isNewLand = true;

  /** @param session stays the caller's to close */
  constructor(session: LoadSession, workspaceId: number) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  /**
   * One transaction. Safe as `registerArrivals` is.
   * @param also is done in the same transaction, perhaps several times
   * @returns the rows in the order of `arrivals`
   */
  async register(
    arrivals: readonly Arrival[],
    also: (tx: LoadTransaction, registered: readonly Registered[]) => Promise<void> = async () => undefined,
  ): Promise<Registered[]> {
    for (let tries = 1; ; tries++)
      try {
        const isDirect =
          this.#isNewLand && new Set(arrivals.map(({ path }) => path)).size === arrivals.length;
        const registered = await this.#session.transaction(async (tx) => {
          const rows = isDirect
            ? await this.#copy(tx, arrivals)
            : await registerArrivals(tx, this.#workspaceId, arrivals);
          await also(tx, rows);
          return rows;
        });
        this.#isNewLand = registered.every((row) => row.isNew);
        return registered;
      } catch (thrown) {
        const isKnown = this.#isNewLand && hasCode(thrown, '23505'); // unique_violation
        if (isKnown) this.#isNewLand = false;
        else if (!hasCode(thrown, '40P01') || tries >= mostTries) throw thrown; // deadlock_detected
      }
  }

  /** @throws 23505 where the place of one is known */
  async #copy(tx: LoadTransaction, arrivals: readonly Arrival[]): Promise<Registered[]> {
    if (arrivals.length === 0) return [];
    const [numbers] = await tx.query<{ ids: number[] }>(
      `select json_agg(nextval(pg_get_serial_sequence('scale_file', 'id'))) as ids from generate_series(1, $1)`,
      [arrivals.length],
    );
    const { ids } = numbers!;
    await tx.copy(copyStatement, this.#pieces(arrivals, ids));
    return ids.map((id) => ({ id, isNew: true }));
  }

  /** Made while the server takes in what was made before. In the order in which everyone inserts; see `registerArrivals`. */
  async *#pieces(arrivals: readonly Arrival[], ids: readonly number[]): AsyncGenerator<string> {
    const order = arrivals
      .map((_, at) => at)
      .sort((a, b) => (arrivals[a]!.path < arrivals[b]!.path ? -1 : 1));
    let piece = '';
    for (const at of order) {
      const row = await sourceRow(arrivals[at]!);
      piece += copyRow([ids[at], this.#workspaceId, 'SOURCE', ...columns.map((name) => row[name])]);
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
}
