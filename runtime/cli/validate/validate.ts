import { readFile, stat } from 'node:fs/promises';
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
import { safe } from '../progress/job-lines.ts';
import type { ValidateOptions } from './options.ts';

/** `seed validate`. @returns 0 valid, 1 not valid. @throws when there is nothing to judge */
export async function validate(target: string | undefined, options: ValidateOptions): Promise<0 | 1> {
  const where = options.sidecar ?? target;
  if (where === undefined || (options.sidecar !== undefined && target !== undefined))
    throw new SeedbedError('invalid-usage', { problem: 'seed validate takes a target, or --sidecar FILE' });
  const judgement = await (options.sidecar === undefined ? judgeTarget(where) : judgeSidecar(where));
  const { is_valid, errors, warnings } = judgement;
  const document: ValidationDocument = { is_valid, errors, warnings };
  await write(
    process.stdout,
    options.format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(where, document),
  );
  return is_valid ? 0 : 1;
}

async function judgeTarget(target: string): Promise<ValidationDocument> {
  const found = await stat(target).catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG')) return undefined;
    throw new SeedbedError('input-not-found', {
      path: target,
      name: 'seed validate',
      reason: reasonOf(thrown),
    });
  });
  if (!found) return judgeManifestText(await manifestOfImage(target));
  if (!found.isDirectory()) return judgeManifestText(await readManifestText(target));
  const { text, warnings } = await findManifest(target);
  const judgement = judgeManifestText(text);
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

async function judgeSidecar(file: string): Promise<ValidationDocument> {
  const { limits } = readConfig();
  const text = await readSidecarFile(file, limits.jsonMiB);
  try {
    return judgeMetadata(parseBoundedJson(text, { maxDepth: limits.jsonDepth }));
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem)) throw thrown;
    const error = { name: 'JSON_VALIDATION_ERROR', description: thrown.message, path: '' };
    return { is_valid: false, errors: [error], warnings: [] };
  }
}

async function readSidecarFile(file: string, mostMiB: number): Promise<Buffer> {
  const refuse = (reason: string) =>
    new SeedbedError('input-not-found', { path: file, name: '--sidecar', reason });
  const found = await stat(file).catch((thrown: unknown) => {
    throw refuse(reasonOf(thrown));
  });
  if (!found.isFile()) throw refuse('it is not a regular file');
  if (found.size > mostMiB * 2 ** 20) throw refuse(`it is larger than ${mostMiB} MiB (SEED_MAX_JSON_MIB)`);
  return readFile(file);
}

function asText(where: string, { is_valid, errors, warnings }: ValidationDocument): string {
  const lines = [
    ...errors.map(({ name, description }) => `error   ${name}: ${safe(description)}`),
    ...warnings.map(({ name, description }) => `warning ${name}: ${safe(description)}`),
  ];
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const found = `${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}`;
  return [...lines, `${where} is ${is_valid ? 'valid' : 'not valid'} (${found})`, ''].join('\n');
}
