import { type Manifest, type ScalarResource, standardResources } from '../../manifest/index.ts';

/**
 * The command that runs an image, with everything that its manifest declares; what may be left out stands in brackets. A
 * secret setting comes from the variable of its name, so that it stays out of argv. Pure.
 */
export function runLine(image: string, { job }: Manifest): string {
  const { inputs, settings, mounts } = job.interface;
  const words = [
    ...inputs.files.map(({ name, multiple, required }) =>
      maybe(`-i ${name}=${multiple ? 'DIRECTORY' : 'FILE'}`, required),
    ),
    ...inputs.json.map(({ name, type, required }) => maybe(`-j ${name}=${type.toUpperCase()}`, required)),
    ...settings.map(({ name, secret }) => (secret ? `-e ${name}` : `-e ${name}=VALUE`)),
    ...mounts.map(({ name }) => `-m ${name}=DIRECTORY`),
    ...promised(job.resources.scalar).map((name) => `--resource ${name}=VALUE`),
  ];
  return ['seed run -in', image, ...words, '-o DIRECTORY'].join(' ');
}

/** Resources that no machine is known to have: a run is refused where they are not granted. */
function promised(resources: readonly ScalarResource[]): string[] {
  return resources
    .filter(({ value, inputMultiplier }) => value > 0 || inputMultiplier > 0)
    .map(({ name }) => name)
    .filter((name) => !standardResources.some((standard) => standard === name));
}

function maybe(words: string, required: boolean): string {
  return required ? words : `[${words}]`;
}
