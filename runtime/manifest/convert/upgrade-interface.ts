import { isObject } from '../../../seed-schema/index.ts';
import { type Members, renamed, rewritten, within, withItems } from './members.ts';
import { digitsOf } from './number-text.ts';
import type { Note } from './upgrade.ts';

/** `cmd`, `args`, `inputData`, `outputData` and `envVars` of the versions up to 0.0.8; `count` of all before 1.0.0. */
export function upgradeInterface(old: Members, note: Note): Members {
  const listed = rewritten(old, (name, value) => [
    [name, /^(in|out)putData$/.test(name) && Array.isArray(value) ? byKind(value as unknown[]) : value],
  ]);
  const named = withCommand(renamed(listed, { inputData: 'inputs', outputData: 'outputs' }), note);
  const inputs = within(named, 'inputs', (members) =>
    withItems(members, 'files', (file) => renamed(file, { mediaType: 'mediaTypes' })),
  );
  const outputs = within(inputs, 'outputs', (members) =>
    withItems(members, 'files', (file, index) => upgradeCount(file, `outputs.files[${index}]`, note)),
  );
  if (isObject(outputs.outputs) && Array.isArray(outputs.outputs.files))
    note(
      'metadata sidecars are GeoJSON since 1.0.0 (they were {seedVersion, geometry, time}): see that the job writes them so',
    );
  return withoutEnvVars(outputs, note);
}

/** 0.0.1: one list of `{name, type: "file" or "json", required, content}`. */
function byKind(list: readonly unknown[]): unknown {
  const flat = list.map((item) => {
    if (!isObject(item)) return { kind: undefined, members: item };
    const { type, content, ...rest } = item;
    return { kind: type, members: { ...rest, ...(isObject(content) ? content : {}) } };
  });
  if (flat.some(({ kind }) => kind !== 'file' && kind !== 'json')) return list;
  const of = (wanted: string) => flat.filter(({ kind }) => kind === wanted).map(({ members }) => members);
  return { files: of('file'), json: of('json') };
}

function withCommand(old: Members, note: Note): Members {
  const parts = ['cmd', 'args', 'command'].map((name) => old[name]);
  const given = parts.filter((part) => typeof part === 'string');
  if (given.length === 0 || given.length < parts.filter((part) => part !== undefined).length) return old;
  const command = given.join(' ').replace(/\$(\{?)JOB_OUTPUT_DIR\b/g, '$$$1OUTPUT_DIR');
  if (command !== given.join(' '))
    note(
      'the variable JOB_OUTPUT_DIR is called OUTPUT_DIR; the command was rewritten, a program that reads it must be too',
    );
  const [first] = Object.keys(old).filter((name) => ['cmd', 'args', 'command'].includes(name));
  return rewritten(old, (name, value) => {
    if (name === first) return [['command', command]];
    return ['cmd', 'args', 'command'].includes(name) ? [] : [[name, value]];
  });
}

/** `count` was a string of digits, or `*`; since 1.0.0 there is one file or there are many. */
function upgradeCount(file: Members, where: string, note: Note): Members {
  const count = digitsOf(file.count) ?? file.count;
  if (typeof count !== 'string' || !/^(\d+|\*)$/.test(count) || Object.hasOwn(file, 'multiple')) return file;
  const one = /^0*1$/.test(count);
  if (!one && count !== '*')
    note(`${where}.count ${count} has become "multiple": true, which is any number of files`);
  return rewritten(file, (name, value) => {
    if (name !== 'count') return [[name, value]];
    return one ? [] : [['multiple', true]];
  });
}

function withoutEnvVars(old: Members, note: Note): Members {
  const { envVars, ...rest } = old;
  if (!Array.isArray(envVars)) return old;
  for (const item of envVars as unknown[])
    note(`interface.envVars ${JSON.stringify(item)} is left out; write it as ENV into the Dockerfile`);
  return rest;
}
