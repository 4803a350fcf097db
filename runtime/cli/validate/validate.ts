import { judgeMetadata, type ValidationDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { JsonProblem, parseBoundedJson } from '../../execution/index.ts';
import { judgeManifestText } from '../../manifest/index.ts';
import { type ManifestSource, readManifestSource } from '../manifest-source.ts';
import { write } from '../progress/writer.ts';
import { readBoundedFile } from '../schema-file/bounded-file.ts';
import { loadSchema, type SchemaJudge } from '../schema-file/load-schema.ts';
import { requireSpecVersion } from '../spec-version.ts';
import type { ValidateOptions } from './options.ts';
import { asText } from './report.ts';
import { subjectOf } from './subject.ts';

/** `seed validate`. @returns 0 valid, 1 not valid. @throws when there is nothing to judge */
export async function validate(target: string | undefined, options: ValidateOptions): Promise<0 | 1> {
  const { kind, where, isPath } = subjectOf(target, options);
  requireSpecVersion(options.specVersion);
  const bySchema = options.schema === undefined ? undefined : await loadSchema(options.schema);
  const judgement = await (kind === 'sidecar'
    ? judgeSidecar(where, bySchema)
    : judgeTarget(await readManifestSource(where, { pull: options.pull, isPath }), bySchema));
  const { is_valid, errors, warnings } = judgement;
  const document: ValidationDocument = { is_valid, errors, warnings };
  const { schema, warningsAsErrors = false } = options;
  await write(
    process.stdout,
    options.format === 'json'
      ? `${JSON.stringify(document, null, 2)}\n`
      : asText(document, { where, schema, warningsAsErrors }),
  );
  return is_valid && !(warningsAsErrors && warnings.length > 0) ? 0 : 1;
}

function judgeTarget(
  { text, warnings }: ManifestSource,
  bySchema: SchemaJudge | undefined,
): ValidationDocument {
  const judgement = judgeManifestText(text, bySchema);
  return { ...judgement, warnings: [...warnings, ...judgement.warnings] };
}

async function judgeSidecar(file: string, bySchema?: SchemaJudge): Promise<ValidationDocument> {
  const { limits } = readConfig();
  const text = await readBoundedFile(
    file,
    limits.jsonMiB,
    (reason) => new SeedbedError('input-not-found', { path: file, name: '--sidecar', reason }),
  );
  try {
    const sidecar = parseBoundedJson(text, { maxDepth: limits.jsonDepth });
    if (!bySchema) return judgeMetadata(sidecar);
    const errors = bySchema(sidecar);
    return { is_valid: errors.length === 0, errors, warnings: [] };
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem)) throw thrown;
    const error = { name: 'JSON_VALIDATION_ERROR', description: thrown.message, path: '' };
    return { is_valid: false, errors: [error], warnings: [] };
  }
}
