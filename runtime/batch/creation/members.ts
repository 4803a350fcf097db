import type { BatchConfiguration } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import type { BatchRow } from './batch-row.ts';
import type { RunSource } from './source.ts';

/** Scale's `{files, json}` by parameter, either of which may be left out. */
export interface GivenData {
  readonly files?: Readonly<Record<string, readonly number[]>>;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** One run for each member of a dataset. */
export async function membersOf(tx: Queries, batch: BatchRow): Promise<RunSource> {
  const [dataset] = await tx.query<{ global: GivenData | null }>(
    `select definition->'global_data' as global from dataset where id = $1`,
    [batch.datasetId],
  );
  return {
    next: async (queries, after, limit) => {
      const rows = await queries.query<{ id: number; data: GivenData }>(
        `select id, data from dataset_member where dataset_id = $1 and id > $2 and id <= coalesce($3::bigint, id)
         order by id limit $4`,
        [batch.datasetId, after, batch.lastPosition, limit],
      );
      return rows.map(({ id, data }) => ({
        position: id,
        input: inputOfMember(dataset?.global ?? {}, data, batch.configuration.inputMap),
      }));
    },
  };
}

/** What a run is given: the data of a member over that of all members, by the names of inputs. Pure. */
export function inputOfMember(
  global: GivenData,
  member: GivenData,
  inputMap: BatchConfiguration['inputMap'] = [],
): { version: '7'; files: Record<string, readonly number[]>; json: Record<string, unknown> } {
  const files = { ...global.files, ...member.files };
  const json = { ...global.json, ...member.json };
  return { version: '7', files: mapped(files, inputMap), json: mapped(json, inputMap) };
}

/** An input that the map names is given that parameter, and no other one. */
function mapped<Value>(
  data: Readonly<Record<string, Value>>,
  inputMap: NonNullable<BatchConfiguration['inputMap']>,
): Record<string, Value> {
  const inputs = new Set(inputMap.map(({ input }) => input));
  const used = new Set(inputMap.map(({ datasetParameter }) => datasetParameter));
  const others = Object.entries(data).filter(([name]) => !inputs.has(name) && !used.has(name));
  const named = inputMap.flatMap(({ input, datasetParameter }) =>
    Object.hasOwn(data, datasetParameter) ? [[input, data[datasetParameter]!] as const] : [],
  );
  return Object.fromEntries([...others, ...named]);
}
