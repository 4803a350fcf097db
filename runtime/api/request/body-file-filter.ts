import { nearest } from '../../../seed-schema/index.ts';
import { type FileFilter, fileOrders } from '../../catalog/index.ts';
import type { Order } from '../../database/index.ts';
import { fileFilter, fileParameters } from './file-filter.ts';
import { order, readParameters } from './parameters.ts';
import { Query, refuse } from './query.ts';

const parameters = { ...fileParameters, ...order(fileOrders) };

/**
 * Filters of files that stand in a body, by the names that they have in the query of `GET files/`; several values as an array.
 * @throws invalid-request
 */
export async function bodyFileFilter(
  members: Readonly<Record<string, unknown>>,
): Promise<{ readonly filter: FileFilter; readonly order: Order }> {
  const pairs = Object.entries(members).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, `${one as string | number | boolean}`]),
  );
  const query = new Query(`?${new URLSearchParams(pairs).toString()}`);
  for (const name of query.names()) judgeName(name);
  const values = readParameters(query, parameters);
  return { filter: await fileFilter(values), order: values.order };
}

function judgeName(name: string): void {
  const known = Object.keys(parameters).filter((one) => one !== 'deleted');
  if (known.includes(name) || name.startsWith('meta_data.')) return;
  const meant = nearest(name, known);
  throw refuse(name, meant === undefined ? 'is not known here' : `is not known here; did you mean ${meant}?`);
}
