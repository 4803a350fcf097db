import pg from 'pg';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { pageRows, type ScaleRow, type ScaleSource, scaleTables, type ScaleTable } from './source.ts';

/**
 * The database of a Scale that runs, or of one that has been stopped. Sessions are read-only, and no statement reads more
 * than a page, so that its own work is not held up.
 * @throws import-source-unusable
 */
export async function openPostgresSource(url: string): Promise<ScaleSource> {
  const client = clientOf(url);
  const name = `${client.host}:${client.port}/${client.database ?? ''}`;
  client.on('error', () => undefined);
  const unusable = (reason: string) => new SeedbedError('import-source-unusable', { source: name, reason });
  try {
    await client.connect();
    const columns = await columnsOf(client);
    const lacking = scaleTables.filter((table) => !columns.has(table));
    if (lacking.length > 0) throw unusable(`it has no table ${lacking.join(', ')}`);
    return {
      name,
      pages: (table) => pagesOf(client, table, columns),
      close: () => client.end().catch(() => undefined),
    };
  } catch (thrown) {
    await client.end().catch(() => undefined);
    throw thrown instanceof SeedbedError ? thrown : unusable(reasonOf(thrown));
  }
}

async function* pagesOf(
  client: pg.Client,
  table: ScaleTable,
  columns: ReadonlyMap<string, readonly string[]>,
): AsyncGenerator<ScaleRow[]> {
  const list = columns.get(table)!.map((name) => `t."${name}"::text as "${name}"`);
  if (table === 'scale_file' && columns.has('scale_file_countries') && columns.has('country_data'))
    list.push(`(select array_agg(distinct c.iso3)::text from scale_file_countries m
      join country_data c on c.id = m.countrydata_id where m.scalefile_id = t.id) as countries`);
  let after = '0';
  for (;;) {
    const { rows } = await client.query<Record<string, string | null>>(
      `select ${list.join(', ')} from "${table}" t where t.id > $1::bigint order by t.id limit ${pageRows}`,
      [after],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!.id!;
  }
}

/** Of all tables that are found without a schema before them. */
async function columnsOf(client: pg.Client): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where pg_table_is_visible(c.oid) and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
       and n.nspname not in ('pg_catalog', 'information_schema')
     group by c.relname`,
  );
  return new Map(rows.map((row) => [row.table, row.columns]));
}

/** @throws import-source-unusable for what is no address */
function clientOf(url: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      application_name: 'seed import-scale',
      connectionTimeoutMillis: 15_000,
      options: '-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO',
    });
  } catch (thrown) {
    throw new SeedbedError('import-source-unusable', { source: 'the database', reason: reasonOf(thrown) });
  }
}
