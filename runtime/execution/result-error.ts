import type { SeedbedError } from '../errors/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { mappingOf } from './exit.ts';
import { maskSecrets } from './mask-secrets.ts';
import type { ResultError } from './result.ts';

/** A failure as the result says it. An exit code that the manifest describes has the manifest's name, title and category. */
export function resultError(
  error: SeedbedError,
  manifest: Manifest,
  exitCode: number | null,
  secrets: ReadonlySet<string>,
): ResultError {
  const mapping = error.error === 'job-error' ? mappingOf(manifest, exitCode) : undefined;
  return {
    name: mapping?.name ?? error.error,
    title: mapping?.title ?? mapping?.name ?? error.title,
    category: mapping?.category ?? error.category,
    message: maskSecrets(error.sentence, secrets),
    code: error.code,
  };
}
