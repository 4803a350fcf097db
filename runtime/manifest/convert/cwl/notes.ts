import { listed } from '../../../../seed-schema/index.ts';
import type { Job, Setting } from '../../manifest.ts';
import { environmentName, platformVariables } from '../../names.ts';
import type { Ids } from './ids.ts';

/** What a CommandLineTool cannot say of a job, one sentence each. */
export function cwlNotes(
  { interface: face, resources, timeout }: Job,
  ids: Ids,
  { unhidden }: { readonly unhidden: readonly Setting[] },
): string[] {
  const { inputs, settings, mounts, outputs } = face;
  const optional = [...inputs.files, ...inputs.json].filter(({ required }) => !required);
  const absent = [...optional, ...settings].map(({ name }) => environmentName(name));
  const renamed = [
    ...[...outputs.files, ...outputs.json].map(({ name }) => [name, ids.output(name)]),
    ...mounts.map(({ name }) => [name, ids.mount(name)]),
  ].filter(([name, id]) => name !== id);
  const names = (list: readonly { readonly name: string }[]) =>
    listed(
      list.map(({ name }) => name),
      'and',
    );
  const beyond = resources.scalar.filter(({ name }) => !['cpus', 'mem', 'disk'].includes(name));
  const writable = mounts.filter(({ mode }) => mode === 'rw');
  const partial = inputs.files.filter((input) => input.partial);
  const note = (condition: boolean, sentence: string) => (condition ? [sentence] : []);
  return [
    `${listed(platformVariables, 'and')} are not set`,
    ...note(
      absent.length > 0,
      `the variable ${listed(absent, 'or')} is empty and not unset when nothing is given (--without NAME leaves it out for good)`,
    ),
    ...note(beyond.length > 0, `${names(beyond)}: only the ALLOCATED_ variable tells the job of it`),
    ...note(writable.length > 0, `${names(writable)}: the job writes into a copy, which is thrown away`),
    ...note(partial.length > 0, `${names(partial)}: "partial" is left out`),
    ...note(
      unhidden.length > 0,
      `${names(unhidden)}: the command looks into it, so it cannot be kept secret`,
    ),
    ...note(timeout <= 0, `the timeout ${timeout} is left out: there is no limit`),
    ...renamed.map(([name, id]) => `${name} is called ${id}, because something else is called ${name} too`),
  ];
}
