import type { Config } from '../../../config/index.ts';
import type { Declared } from '../rows/declared.ts';
import type { WrittenTask } from '../rows/task.ts';
import { csvTasks } from './csv-tasks.ts';
import { directoryTasks } from './directory-tasks.ts';
import { jsonTasks } from './json-tasks.ts';
import { s3Tasks } from './s3-tasks.ts';

/** Where tasks come from, as the command line says it. */
export interface SourceOption {
  readonly kind: 'csv' | 'json' | 'dir' | 's3';
  readonly value: string;
}

/** A task of one source; tasks are numbered over all of them. */
export type SourceTask = Omit<WrittenTask, 'number'>;

/** What tasks come from; read twice, once to judge it and once to send it. */
export interface Source {
  read(): AsyncIterable<SourceTask>;
  /** Removes what was made to read it. */
  close(): Promise<void>;
}

/** What a source is opened with. */
export interface SourceContext {
  readonly declared: Declared;
  readonly config: Config;
  /** Patterns of the names of files; none: all. */
  readonly globs: readonly string[];
  /** Which input gets a file. */
  readonly input: string | undefined;
}

const kinds: Readonly<
  Record<SourceOption['kind'], (value: string, context: SourceContext) => Promise<Source>>
> = { csv: csvTasks, json: jsonTasks, dir: directoryTasks, s3: s3Tasks };

/**
 * Opens sources, and judges the form of each.
 * @throws batch-file-invalid, intake-heading-invalid, intake-source-unusable, intake-value-invalid
 */
export async function openSources(options: readonly SourceOption[], context: SourceContext): Promise<Source> {
  const opened: Source[] = [];
  const close = async () => {
    for (const one of opened) await one.close();
  };
  try {
    for (const { kind, value } of options) opened.push(await kinds[kind](value, context));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { read: () => oneAfterTheOther(opened), close };
}

async function* oneAfterTheOther(sources: readonly Source[]): AsyncGenerator<SourceTask> {
  for (const source of sources) yield* source.read();
}
