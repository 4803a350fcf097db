import type { Manifest } from '../../manifest/index.ts';
import { oneLine, table } from '../table.ts';

/** What a job takes, gives and needs, as tables. Pure. */
export function interfaceText({ job }: Manifest): string {
  const { inputs, outputs, mounts, settings, command } = job.interface;
  const parts = [
    section(
      'Inputs',
      ['NAME', 'TYPE', 'REQUIRED', 'MEDIA TYPES'],
      [
        ...inputs.files.map((input) => [
          input.name,
          input.multiple ? 'files' : 'file',
          yes(input.required),
          input.mediaTypes.join(', '),
        ]),
        ...inputs.json.map((input) => [input.name, input.type, yes(input.required), '']),
      ],
    ),
    section(
      'Outputs',
      ['NAME', 'TYPE', 'REQUIRED', 'PATTERN OR KEY', 'MEDIA TYPE'],
      [
        ...outputs.files.map((output) => [
          output.name,
          output.multiple ? 'files' : 'file',
          yes(output.required),
          output.pattern,
          output.mediaType ?? '',
        ]),
        ...outputs.json.map((output) => [output.name, output.type, yes(output.required), output.key, '']),
      ],
    ),
    section(
      'Settings',
      ['NAME', 'SECRET'],
      settings.map(({ name, secret }) => [name, yes(secret)]),
    ),
    section(
      'Mounts',
      ['NAME', 'PATH', 'MODE'],
      mounts.map(({ name, path, mode }) => [name, path, mode]),
    ),
    section(
      'Resources',
      ['NAME', 'VALUE', 'FOR EACH MIB OF INPUT'],
      job.resources.scalar.map(({ name, value, inputMultiplier }) => [
        name,
        String(value),
        inputMultiplier === 0 ? '' : String(inputMultiplier),
      ]),
    ),
    section(
      'Errors',
      ['EXIT CODE', 'NAME', 'CATEGORY', 'TITLE'],
      job.errors.map(({ code, name, category, title }) => [String(code), name, category, title ?? '']),
    ),
    command === undefined ? '' : `\nCommand\n  ${oneLine(command)}\n`,
  ];
  return parts.join('');
}

function section(title: string, heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `\n${title}\n${table([heading, ...rows], '  ')}`;
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}
