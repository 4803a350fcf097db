import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../../errors/index.ts';
import type { Manifest } from '../../../manifest/index.ts';
import { replaceFileBy } from '../../whole-file.ts';
import type { Journal } from '../journal/journal.ts';
import type { RowPlaces } from '../journal/row-places.ts';
import { csvName, jsonName } from './names.ts';
import { csvPieces } from './results-csv.ts';
import { type BatchSummary, jsonPieces } from './results-json.ts';
import { rowsIn } from './rows.ts';

/**
 * Writes `results.json` and `results.csv`, each whole or not at all.
 * @returns their paths
 * @throws disk-full, result-file-unusable
 */
export async function writeResults(
  directory: string,
  manifest: Manifest,
  summary: BatchSummary,
  { journal, places }: { readonly journal: Journal; readonly places: RowPlaces },
): Promise<{ json: string; csv: string }> {
  const [json, csv] = [path.join(directory, jsonName), path.join(directory, csvName)];
  await written(json, jsonPieces(summary, rowsIn(journal, places)));
  await written(csv, csvPieces(manifest, rowsIn(journal, places)));
  return { json, csv };
}

async function written(file: string, pieces: AsyncIterable<string>): Promise<void> {
  try {
    await replaceFileBy(file, pieces);
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    if (isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw new SeedbedError('disk-full', { what: file });
    throw new SeedbedError('result-file-unusable', { path: file, reason: reasonOf(thrown) });
  }
}
