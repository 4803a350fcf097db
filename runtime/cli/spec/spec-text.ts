import type { SpecEntry } from '../../../seed-schema/spec/entries.ts';

const headings: Readonly<Record<SpecEntry['group'], string>> = {
  manifest: 'The manifest, seed.manifest.json',
  environment: "The job's environment",
  files: 'Files that a job leaves',
  image: 'The image',
};

/** Everything about one entry. Pure. */
export function entryText(entry: SpecEntry, all: readonly SpecEntry[]): string {
  const fields = entry.fields.map((name) => childOf(entry, name, all));
  const facts = [
    ['type', entry.type],
    ...(entry.group === 'manifest' ? [['required', entry.required ? 'yes' : 'no']] : []),
    ['default', defaultOf(entry)],
    ['allowed', entry.allowed],
    ['example', JSON.stringify(entry.example, null, 2).replaceAll('\n', `\n${' '.repeat(12)}`)],
  ].filter(([, value]) => value !== undefined);
  return [
    `${entry.name}\n\n`,
    `${wrapped(entry.what)}\n\n`,
    ...facts.map(([label, value]) => `  ${label!.padEnd(10)}${value!}\n`),
    ...(fields.length > 0 ? ['\nFields\n', rows(fields.map((field) => [lastOf(field), field]))] : []),
  ].join('');
}

/** One line for each entry, below a heading for each group. Pure. */
export function listText(entries: readonly SpecEntry[]): string {
  const groups = [...new Set(entries.map(({ group }) => group))];
  const isWhole = entries.some(({ name }) => name === 'job');
  return groups
    .map((group) => {
      const members = entries.filter((entry) => entry.group === group);
      const shown = members.map((entry): [string, SpecEntry] => [
        isWhole ? indented(entry) : entry.name,
        entry,
      ]);
      return `${headings[group]}\n${rows(shown)}`;
    })
    .join('\n');
}

function rows(shown: readonly (readonly [string, SpecEntry])[]): string {
  const names = Math.max(...shown.map(([name]) => name.length));
  const states = Math.max(...shown.map(([, entry]) => stateOf(entry).length));
  return shown
    .map(
      ([name, entry]) =>
        `  ${name.padEnd(names)}  ${stateOf(entry).padEnd(states)}${states > 0 ? '  ' : ''}${firstSentence(entry.what)}\n`,
    )
    .join('');
}

function stateOf(entry: SpecEntry): string {
  if (entry.group !== 'manifest') return '';
  if (entry.required) return 'required';
  const value = JSON.stringify(entry.default);
  return value === undefined || value.length > 5 ? '' : `default ${value}`;
}

function defaultOf({ default: value, otherwise }: SpecEntry): string | undefined {
  return otherwise ?? (value === undefined ? undefined : JSON.stringify(value));
}

/** The tree of a manifest: each field below what it is in. */
function indented({ name, group }: SpecEntry): string {
  if (group !== 'manifest') return name;
  const parts = name.split('.');
  return '  '.repeat(parts.length - 1) + parts.at(-1)!;
}

function childOf(entry: SpecEntry, name: string, all: readonly SpecEntry[]): SpecEntry {
  const starts = [`${entry.name}.`, `${entry.name}[].`, `${entry.name}: `];
  return all.find((other) => starts.some((start) => other.name === start + name))!;
}

function lastOf({ name }: SpecEntry): string {
  return name.split(/[.\s]/).at(-1)!;
}

function firstSentence(text: string): string {
  return /^.*?[.:](?= |$)/s.exec(text)?.[0].replace(/[.:]$/, '') ?? text;
}

/** Lines of at most 78 characters, two of them blanks. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= 76)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `  ${line}`).join('\n');
}
