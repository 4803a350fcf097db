import type { Manifest } from '../../manifest/index.ts';

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
  ];
  return ['seed run -in', image, ...words, '-o DIRECTORY'].join(' ');
}

function maybe(words: string, required: boolean): string {
  return required ? words : `[${words}]`;
}
