import type { Config } from '../../../config/index.ts';
import { jobInputs, localWorkspace, type ScaleFile } from '../../../catalog/index.ts';
import type { LastingDatabase } from '../../../database/index.ts';
import { type Configuration } from '../../../../seed-schema/index.ts';
import type { JsonValue } from '../../../execution/index.ts';
import { effectiveConfiguration, type ExecutionFacts } from '../../../jobs/index.ts';
import { deliverInputs, type JobSource } from '../../../scheduler/index.ts';
import { loadSecretKey } from '../../../secrets/index.ts';
import type { PreparedBatch } from '../prepare.ts';

/** What a row's job stores besides what every job does. */
export interface RowConfiguration extends Record<string, unknown> {
  /** Texts of JSON inputs that another spelling of their values would change, such as 0.10 or a long number. */
  readonly json_texts?: Readonly<Record<string, string>>;
}

/**
 * What the jobs of a batch are given: files and JSON as their rows in the database say, so that also those run of which
 * this process has not read the row yet; all else, secrets too, as this command was told.
 */
export function rowSource(
  { prepared, config }: { readonly prepared: PreparedBatch; readonly config: Config },
  db: LastingDatabase,
): JobSource {
  const { manifest } = prepared.target;
  let local: ReturnType<typeof localWorkspace> | undefined;
  let key: ReturnType<typeof loadSecretKey> | undefined;
  return async (facts) => {
    const inputs = await jobInputs(db, facts.jobId);
    const workspace = await (local ??= localWorkspace(db));
    const pathOf = (file: ScaleFile) => workspace.hostPath(file.file_path);
    const { files } = await deliverInputs(inputs, (file) => ({ path: pathOf(file) }));
    const { network, ...request } = prepared.request({ files, json: jsonOf(facts) });
    return {
      inputs,
      pathOf,
      identityKey: (await (key ??= loadSecretKey(config))).key,
      configuration: effectiveConfiguration(manifest, {} as Configuration),
      request: network === 'none' ? request : { ...request, network },
    };
  };
}

function jsonOf({ json, configuration }: ExecutionFacts): Map<string, JsonValue> {
  const { json_texts: texts = {} } = configuration as RowConfiguration;
  return new Map(
    Object.entries(json).map(([name, value]) => [
      name,
      { value, environment: texts[name] ?? plainText(value) },
    ]),
  );
}

/** How a value is written for a job's environment where nobody wrote it otherwise. Pure. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
