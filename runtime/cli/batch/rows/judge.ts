import path from 'node:path';
import type { Limits } from '../../../config/index.ts';
import { SeedbedError, toSeedbedError } from '../../../errors/index.ts';
import type { JsonValue } from '../../../execution/index.ts';
import type { Manifest } from '../../../manifest/index.ts';
import { filesOf, type GivenFile } from '../../run/input-files.ts';
import { jsonValue } from '../../run/json-inputs.ts';
import { keyOf } from './key.ts';
import type { ReadyRow, RefusedRow, WrittenRow } from './row.ts';

/** The inputs of a row, by the manifest's names and in its order. */
export interface Inputs {
  readonly files: ReadonlyMap<string, readonly GivenFile[]>;
  readonly json: ReadonlyMap<string, JsonValue>;
}

/** What rows are judged by. */
export interface Judgement {
  readonly manifest: Manifest;
  readonly limits: Limits;
  /** Throws where a job with these inputs could not be launched. */
  readonly check: (inputs: Inputs) => void;
}

/** Looks at everything about one row that can be wrong before it runs. What is wrong refuses that row only. */
export async function judgeRow(row: WrittenRow, how: Judgement): Promise<ReadyRow | RefusedRow> {
  const { number, line, given } = row;
  let column: string | null = null;
  try {
    if (row.error) throw row.error;
    const { inputs } = how.manifest.job.interface;
    const files = new Map<string, readonly GivenFile[]>();
    for (const input of inputs.files) {
      column = input.name;
      const paths = (given.get(input.name) ?? []).map((one) => path.resolve(one));
      const found = await filesOf(input, paths);
      if (found.length > 0) files.set(input.name, found);
      else if (input.required) throw missing(input.name, paths.length > 0);
    }
    const json = new Map<string, JsonValue>();
    for (const input of inputs.json) {
      column = input.name;
      const [text] = given.get(input.name) ?? [];
      if (text !== undefined) json.set(input.name, await jsonValue(input, text, how.limits));
      else if (input.required) throw missing(input.name, false);
    }
    column = null;
    how.check({ files, json });
    return { number, line, given, files, json, key: keyOf(files, json) };
  } catch (thrown) {
    return { number, line, given, error: toSeedbedError(thrown), column };
  }
}

export function isRefused(row: ReadyRow | RefusedRow): row is RefusedRow {
  return 'error' in row;
}

function missing(name: string, isEmptyDirectory: boolean): SeedbedError {
  return new SeedbedError('missing-input', {
    name,
    problem: isEmptyDirectory ? 'was given a directory without files' : 'was not given',
    option: `a cell in the column ${name}`,
  });
}
