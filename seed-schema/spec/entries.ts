import { manifestSchema } from '../manifest/manifest.ts';
import { allowed, type SpokenSchema, wordsOfType } from '../words.ts';
import { beyondEntries } from './beyond-notes.ts';
import { interfaceNotes } from './interface-notes.ts';
import { jobNotes } from './job-notes.ts';

/** Something that the standard has a name for. */
export interface SpecEntry {
  /** As it is shown: `job.interface.inputs.files[].multiple`, `OUTPUT_DIR`. */
  readonly name: string;
  readonly group: 'manifest' | 'environment' | 'files' | 'image';
  /** Other words to look it up by, in lower case. */
  readonly also: readonly string[];
  /** What it is: sentences. */
  readonly what: string;
  readonly type: string;
  readonly required: boolean;
  /** What counts without it; undefined: nothing, or what `otherwise` says. */
  readonly default: unknown;
  readonly otherwise: string | undefined;
  /** What it may be, in words; undefined where the type says it all. */
  readonly allowed: string | undefined;
  readonly example: unknown;
  /** Names of what is in it. */
  readonly fields: readonly string[];
}

interface Schema extends SpokenSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const notes = { ...jobNotes, ...interfaceNotes };

/** Everything that `seed spec` knows: the manifest's fields in its schema's order, then what is not in the manifest. */
export function specEntries(): readonly SpecEntry[] {
  return [...entriesIn(manifestSchema, '', ''), ...beyondEntries];
}

/** @param shown the path of the parent as it is shown; @param plain without its brackets */
function entriesIn({ properties = {}, required = [] }: Schema, shown: string, plain: string): SpecEntry[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${plain}${name}`;
    const note = notes[path];
    if (!note) throw new Error(`seed-schema/spec has no note on ${path}`);
    const inner = schema.items ?? schema;
    const own = `${shown}${name}`;
    const entry: SpecEntry = {
      name: own,
      group: 'manifest',
      also: [],
      what: note.what,
      type: typeOf(schema),
      required: required.includes(name),
      default: schema.default ?? note.default,
      otherwise: note.otherwise,
      allowed: inner.properties ? undefined : beyondType(schema),
      example: note.example,
      fields: Object.keys(inner.properties ?? {}),
    };
    return [entry, ...entriesIn(inner, `${own}${schema.items ? '[]' : ''}.`, `${path}.`)];
  });
}

function typeOf({ type = 'string', items }: Schema): string {
  if (!items) return type;
  return `array of ${wordsOfType(items.type ?? 'string').replace(/^an? /, '')}s`;
}

/** What is allowed, where that is more than the type says. */
function beyondType(schema: Schema): string | undefined {
  const words = allowed(schema);
  return words === wordsOfType(schema.type ?? '') && schema.type !== 'boolean' ? undefined : words;
}
