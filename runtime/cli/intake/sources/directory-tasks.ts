import { SeedbedError } from '../../../errors/index.ts';
import { findFiles, rootsOf } from '../../ingest/find-files.ts';
import { pathFilter } from '../../ingest/path-pattern.ts';
import { inputForFiles } from '../rows/declared.ts';
import { LeftOut } from './left-out.ts';
import type { Source, SourceContext, SourceTask } from './sources.ts';

/**
 * A task for each file of a directory and of those below it, in the order of their names; hidden ones are left out without a word,
 * links and what is no file are told.
 * @throws intake-value-invalid, intake-source-unusable
 */
export async function directoryTasks(given: string, context: SourceContext): Promise<Source> {
  const input = inputForFiles(context.declared, context.input);
  const refuse = (problem: string) => new SeedbedError('intake-source-unusable', { source: given, problem });
  const [root] = await rootsOf([given]).catch((thrown: unknown) => {
    throw refuse(thrown instanceof Error ? thrown.message.replace(/\.$/, '') : 'it cannot be read');
  });
  if (!root!.isDirectory) throw refuse('it is no directory');
  const filter = pathFilter(context.globs, ['.*']);
  const leftOut = new LeftOut(given, 'file');
  async function* read(): AsyncGenerator<SourceTask> {
    for await (const { path, problem } of findFiles([root!], filter, true)) {
      if (problem?.kind === 'skipped') {
        leftOut.leaves(path, problem.reason);
        continue;
      }
      leftOut.takes();
      const task = { where: path, inputs: new Map([[input.name, path]]), settings: new Map(), isText: true };
      if (!problem) yield task;
      else yield { ...task, fault: { column: input.name, error: refuse(`${path}: ${problem.reason}`) } };
    }
    leftOut.end();
  }
  return { read, close: async () => undefined };
}
