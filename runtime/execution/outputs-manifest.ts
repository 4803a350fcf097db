import type { Limits } from '../config/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { OutputJson } from '../manifest/manifest.ts';
import { readBounded, UnreadableJson } from './bounded-json.ts';
import { JsonProblem, parseBoundedJson } from '../catalog/sidecar/index.ts';
import { readJsonOutputs } from './outputs-json.ts';
import type { OutputTree } from './output-tree.ts';
import { outputsManifest } from './paths.ts';

/**
 * The JSON outputs of a job, from seed.outputs.json at the top of OUTPUT_DIR. A job without JSON outputs may leave there
 * what it likes.
 * @throws missing-required-output, invalid-results-manifest
 */
export async function readOutputsManifest(
  tree: OutputTree,
  outputs: readonly OutputJson[],
  limits: Limits,
): Promise<ReturnType<typeof readJsonOutputs>> {
  if (outputs.length === 0) return { values: {}, warnings: [] };
  const { entries } = tree;
  const index = entries.indexOf(outputsManifest);
  if (index === -1) return readJsonOutputs(outputs, undefined);
  try {
    const bytes = await readBounded(entries, entries.at(index), limits);
    const document = parseBoundedJson(bytes, { maxDepth: limits.jsonDepth });
    return readJsonOutputs(outputs, document);
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem || thrown instanceof UnreadableJson)) throw thrown;
    throw new SeedbedError('invalid-results-manifest', { problem: thrown.message });
  }
}
