import { stat } from 'node:fs/promises';
import { judgeMetadata, type ValidationDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { JsonProblem, parseBoundedJson } from '../../execution/index.ts';
import {
  findManifest,
  judgeManifestText,
  manifestTextFromLabels,
  readManifestText,
} from '../../manifest/index.ts';
import { write } from '../progress/writer.ts';
import { readBoundedFile } from '../schema-file/bounded-file.ts';
import { loadSchema, type SchemaJudge } from '../schema-file/load-schema.ts';
import type { ValidateOptions } from './options.ts';
import { asText } from './report.ts';
import { subjectOf } from './subject.ts';

/** The version of the standard that manifests are judged by. */
const specVersion = '1.0.0';

/** `seed validate`. @returns 0 valid, 1 not valid. @throws when there is nothing to judge */
export async function validate(target: string | undefined, options: ValidateOptions): Promise<0 | 1> {
  const { kind, where } = subjectOf(target, options);
  if (options.specVersion !== undefined && options.specVersion !== specVersion)
    throw new SeedbedError('unknown-spec-version', { version: options.specVersion, known: specVersion });
  const bySchema = options.schema === undefined ? undefined : await loadSchema(options.schema);
  const judgement = await (kind === 'sidecar' ? judgeSidecar(where, bySchema) : judgeTarget(where, bySchema));
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

async function judgeTarget(target: string, bySchema?: SchemaJudge): Promise<ValidationDocument> {
  const found = await stat(target).catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG')) return undefined;
    throw new SeedbedError('input-not-found', {
      path: target,
      name: 'seed validate',
      reason: reasonOf(thrown),
    });
  });
  if (!found) return judgeManifestText(await manifestOfImage(target), bySchema);
  if (!found.isDirectory()) return judgeManifestText(await readManifestText(target), bySchema);
  const { text, warnings } = await findManifest(target);
  const judgement = judgeManifestText(text, bySchema);
  return { ...judgement, warnings: [...warnings, ...judgement.warnings] };
}

async function manifestOfImage(reference: string): Promise<string> {
  if (/^[./~]|\.json$|\s/.test(reference))
    throw new SeedbedError('target-not-found', {
      target: reference,
      reason: 'there is no such file or directory',
    });
  const engine = await createEngine(readConfig());
  try {
    let image = await engine.inspectImage(reference);
    if (!image) {
      await engine.pullImage(reference);
      image = await engine.inspectImage(reference);
    }
    return manifestTextFromLabels(image?.labels, reference);
  } finally {
    engine.close();
  }
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
