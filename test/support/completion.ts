import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesById, registerSources, type ScaleFile } from '../../runtime/catalog/index.ts';
import { complete, type Completion } from '../../runtime/completion/index.ts';
import type { Database } from '../../runtime/database/index.ts';
import type { Harvested, Result } from '../../runtime/execution/index.ts';
import { claim, type Execution, registerJobType, submit } from '../../runtime/jobs/index.ts';
import type { LocalWorkspace } from '../../runtime/workspace/index.ts';
import { manifestDocument, testManifest } from './manifest.ts';

/** A product as `harvest` has it. */
export function harvested(relativePath: string, changes: Partial<Harvested> = {}): Harvested {
  return {
    outputs: ['OUT'],
    relativePath,
    size: 3,
    sha256: 'a'.repeat(64),
    mediaType: 'text/plain',
    metadata: null,
    ...changes,
  };
}

/** Of a job that ended well. */
export function result(changes: Partial<Result> = {}): Result {
  return {
    status: 'completed',
    container: 'c',
    exitCode: 0,
    error: null,
    files: [],
    json: {},
    parsedInputs: new Map(),
    inputChecksums: new Map(),
    warnings: [],
    started: '2020-01-01T00:00:00Z',
    ended: '2020-01-01T00:00:01Z',
    steps: [],
    ...changes,
  };
}

/** A running job with one input, and its products where `publish` would have put them. */
export async function runningJob(
  db: Database,
  workspace: LocalWorkspace,
  directory: string,
  products: readonly string[],
): Promise<Completion & { readonly input: ScaleFile }> {
  const inputPath = path.join(directory, 'input.txt');
  await writeFile(inputPath, 'in');
  const { mtimeNs, ino } = await stat(inputPath, { bigint: true });
  const [input] = await registerSources(db, workspace, [{ path: inputPath, size: 2, mtimeNs, inode: ino }]);
  const destination = path.join(directory, 'out');
  await mkdir(destination, { recursive: true });
  for (const name of products) await writeFile(path.join(destination, name), 'abc');
  const type = await registerJobType(db, testManifest(), manifestDocument(), 'image:1', 'jane');
  const files = { IN: [input!.id] };
  const jobId = await submit(db, {
    type,
    timeout: 1,
    files,
    json: {},
    configuration: {},
    maxTries: 1,
    actor: 'jane',
  });
  const claimed = {
    runtime: db.presence.runtime,
    node: 'n',
    imageId: 'i',
    resources: {},
    attemptDirectory: directory,
  };
  const execution: Execution = (await claim(db, jobId, claimed))!;
  return {
    execution,
    jobTypeId: type.jobTypeId,
    places: { main: { workspace, directory: workspace.filePath(destination) }, elsewhere: new Map() },
    inputs: new Map([['IN', [input!]]]),
    pathOf: (file) => workspace.hostPath(file.file_path),
    json: new Map<string, unknown>([['N', 5]]),
    logs: { stdout: null, stderr: null },
    input: input!,
  };
}

/** Completes a job that is still ours. @returns the rows of its products, by output */
export async function completed(
  db: Database,
  completion: Completion,
  ended: Result,
): Promise<Map<string, ScaleFile[]>> {
  const products = await complete(db, completion, ended);
  const byOutput = new Map<string, ScaleFile[]>();
  for (const [output, ids] of products!) {
    const rows = new Map((await filesById(db, ids)).map((row) => [row.id, row]));
    byOutput.set(
      output,
      ids.map((id) => rows.get(id)!),
    );
  }
  return byOutput;
}
