import { type InputJudgement, judgeData, type KnownFile } from '../../../seed-schema/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { findNamed } from '../../manifest/named.ts';

/**
 * Judges what a job is to be given. Everything is found at once.
 * @param files those of `fileIdsOf` that the catalogue has
 */
export function judgeInput(
  document: unknown,
  manifest: Manifest,
  files: ReadonlyMap<number, KnownFile>,
): InputJudgement {
  return judgeData(document, manifest.job.interface.inputs, files, {
    find: findNamed,
    declarer: 'the manifest',
  });
}
