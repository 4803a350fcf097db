import { SeedbedError } from '../../../errors/index.ts';
import { csvRecords } from '../../batch/rows/csv-records.ts';
import { regular } from '../../batch/rows/file-rows.ts';
import { type Column, readColumns, taskOf } from '../rows/columns.ts';
import type { Source, SourceContext, SourceTask } from './sources.ts';

/**
 * A task for each row of a CSV file. What can be read only once, such as `<(...)`, is copied first.
 * @throws batch-file-invalid, intake-heading-invalid
 */
export async function csvTasks(file: string, { declared }: SourceContext): Promise<Source> {
  const spooled = await regular(file);
  try {
    for await (const { cells } of csvRecords(spooled.file)) {
      const columns = readColumns(cells, declared, file);
      return { read: () => rows(spooled.file, file, columns), close: spooled.remove };
    }
    throw new SeedbedError('batch-file-invalid', { file, problem: 'it is empty' });
  } catch (thrown) {
    await spooled.remove();
    throw thrown;
  }
}

async function* rows(file: string, shown: string, columns: readonly Column[]): AsyncGenerator<SourceTask> {
  for await (const { cells, line, number } of csvRecords(file))
    if (number > 0) yield taskOf(cells, columns, `${shown}:${line}`);
}
