import { SeedbedError } from '../../../errors/index.ts';
import { environmentName, platformVariables } from '../../names.ts';
import { expandedVariables } from './command.ts';
import type { ResourceData } from './resources.ts';
import type { CwlRequest } from './tool.ts';

/**
 * The image's variables that the command may expand.
 * @throws not-convertible when it expands what only Seedbed sets, or an image would that is not known
 */
export function imageVariables(
  { manifest, imageEnvironment, leftOut = [], where }: CwlRequest,
  resources: readonly ResourceData[],
): object[] {
  const { command, inputs, settings } = manifest.job.interface;
  if (command === undefined) return [];
  const known = new Set([
    'OUTPUT_DIR',
    ...resources.map(({ variable }) => variable),
    ...[...inputs.files, ...inputs.json, ...settings].map(({ name }) => environmentName(name)),
    ...settings.map(({ name }) => name),
    ...leftOut.flatMap((name) => [name, environmentName(name)]),
  ]);
  const expanded = [...expandedVariables(command)];
  const platform = expanded.filter((name) => platformVariables.some((one) => one === name));
  const unknown = expanded.filter((name) => !known.has(name) && !platform.includes(name));
  const refuse = (problems: string) =>
    new SeedbedError('not-convertible', {
      where,
      format: 'CWL',
      problems: `its command expands ${problems}`,
    });
  if (platform.length > 0) throw refuse(`${platform.join(', ')}, which only Seedbed and Scale set`);
  if (!imageEnvironment && unknown.length > 0)
    throw refuse(
      `${unknown.join(', ')}, which only the image can say; build it, and convert the image in place of the manifest`,
    );
  const image = imageEnvironment ?? {};
  return expanded.filter((name) => Object.hasOwn(image, name)).map((name) => ({ name, value: image[name] }));
}
