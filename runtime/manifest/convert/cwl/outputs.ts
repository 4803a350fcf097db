import { SeedbedError } from '../../../errors/index.ts';
import type { Interface, OutputFile, OutputJson } from '../../manifest.ts';
import { literal, plainText } from './expression.ts';
import { globOf } from './glob.ts';
import type { Ids } from './ids.ts';
import { optional, typeOfJson } from './inputs.ts';

const outputsManifest = 'seed.outputs.json';
const sidecarSuffix = '.metadata.json';

/**
 * The outputs of a tool: the files of the manifest with their sidecars as secondary files, its JSON values, and what describes
 * the inputs. Ids with a point cannot be names of the manifest.
 * @param where what messages call the manifest
 * @throws not-convertible for a pattern that no glob of CWL can say
 */
export function cwlOutputs({ inputs, outputs }: Interface, ids: Ids, where: string): object[] {
  const sidecars = inputs.files
    .filter(({ multiple }) => !multiple)
    .map(({ name }) => `${name}${sidecarSuffix}`);
  return [
    ...outputs.files.map((output) => fileOutput(output, ids, where)),
    ...outputs.json.map((output) => jsonOutput(output, ids)),
    ...(outputs.json.length > 0
      ? [{ id: outputsManifest, type: ['null', 'File'], outputBinding: { glob: outputsManifest } }]
      : []),
    ...(sidecars.length > 0
      ? [{ id: 'input.metadata', type: { type: 'array', items: 'File' }, outputBinding: { glob: sidecars } }]
      : []),
  ];
}

function fileOutput(output: OutputFile, ids: Ids, where: string): object {
  const { name, pattern, multiple, required, mediaType } = output;
  const glob = globOf(pattern);
  if (glob === undefined)
    throw new SeedbedError('not-convertible', {
      where,
      format: 'CWL',
      problems: `the pattern ${JSON.stringify(pattern)} of the output ${name} has a set that the patterns of CWL do not have`,
    });
  return {
    id: ids.output(name),
    type: multiple ? { type: 'array', items: 'File' } : optional('File', required),
    ...(mediaType !== undefined && { doc: `Media type: ${mediaType}` }),
    secondaryFiles: [{ pattern: sidecarSuffix, required: false }],
    outputBinding: {
      glob: plainText(glob),
      outputEval: multiple
        ? `$(seedMany(self, runtime, ${literal(name)}, ${required}))`
        : `$(seedOne(self, runtime, ${literal(name)}))`,
    },
  };
}

function jsonOutput({ name, key, type, required }: OutputJson, ids: Ids): object {
  return {
    id: ids.output(name),
    type: optional(typeOfJson[type], required),
    outputBinding: {
      glob: outputsManifest,
      loadContents: true,
      outputEval: `\${ return seedJson(self, ${literal(key)}, ${literal(type)}, ${required}); }`,
    },
  };
}
