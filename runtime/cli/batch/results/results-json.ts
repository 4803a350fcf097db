import type { BatchDocument, BatchRowDocument } from '../../../../seed-schema/index.ts';

/** All of the document but its rows, which may be a million. */
export type BatchSummary = Omit<BatchDocument, 'rows'>;

/** The document as text, a line for each row. */
export async function* jsonPieces(
  summary: BatchSummary,
  rows: AsyncIterable<BatchRowDocument>,
): AsyncGenerator<string> {
  const head = JSON.stringify(summary, null, 2).replace(/\n\}$/, '');
  yield `${head},\n  "rows": [`;
  let isFirst = true;
  for await (const row of rows) {
    yield `${isFirst ? '' : ','}\n    ${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield isFirst ? ']\n}\n' : '\n  ]\n}\n';
}
