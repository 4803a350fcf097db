import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { type DataInterface, recipeDefinitionSchema } from '../../../seed-schema/index.ts';
import type { KnownTypes, NodeInterface } from '../interface.ts';
import { judgeDefinition } from './judge.ts';

const page = readFileSync(new URL('../../../docs/recipes.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^## (.+)$|^```yaml\n([^]*?)^```$/gm)].reduce<[string, string][]>(
  (found, [, heading, text]) =>
    heading ? [...found, [heading, '']] : [...found, [found.at(-1)?.[0] ?? '', text!]],
  [],
);
const definitions = examples.filter(([, text]) => text !== '');

function files(...written: string[]): DataInterface {
  return {
    files: written.map((text) => {
      const [name = '', type] = text.split(':');
      return {
        name: name.replace(/[?*]$/, ''),
        media_types: type === undefined ? [] : [type],
        required: !name.endsWith('?'),
        multiple: name.endsWith('*'),
      };
    }),
    json: [],
  };
}

/** The sample jobs that the page names, as far as it connects them. */
const jobs: Readonly<Record<string, NodeInterface>> = {
  'image-tiles': { input: files('INPUT_IMAGE'), output: files('TILES*:image/png') },
  'join-tiles': { input: files('TILES*:image/png'), output: files('MOSAIC:image/png') },
  'invert-tile': { input: files('TILE:image/png'), output: files('INVERTED:image/png') },
  'extract-footprint': { input: files('INPUT_IMAGE'), output: files('FOOTPRINT?:application/geo+json') },
  'image-watermark': { input: files('INPUT_IMAGE'), output: files('OUTPUT_IMAGE') },
  'image-report': { input: files('INPUT_IMAGE'), output: files('REPORT:text/plain') },
};

const known: KnownTypes = {
  jobType: (name) => jobs[name],
  newestJobType: (name) => (jobs[name] ? 1 : undefined),
  recipeType: (name) =>
    name === 'mosaic'
      ? { input: files('SCENE'), output: files('MOSAIC:image/png'), contains: new Set() }
      : undefined,
  newestRecipeType: () => 1,
};

describe('docs/recipes.md', () => {
  it('has examples for all that it explains', () => {
    expect(new Set(definitions.map(([heading]) => heading))).toEqual(
      new Set(['A first definition', 'Conditions', 'For each, and joins', 'Sub-recipes, and outputs']),
    );
  });

  it.each(definitions)('%s: the definition is valid', (_, text) => {
    const { errors, warnings } = judgeDefinition(parse(text), known);
    expect([errors, warnings]).toEqual([[], []]);
  });

  it('names every member of the schema that conditions.md does not', () => {
    const members = new Set<string>();
    const collect = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { title, properties = {} } = schema as { title?: string; properties?: object };
      if (title === 'Filter' || title === 'Data filter') return;
      for (const name of Object.keys(properties)) members.add(name);
      for (const value of Object.values(schema)) collect(value);
    };
    collect(recipeDefinitionSchema);
    const missing = [...members].filter((name) => !page.includes(`\`${name}\``));
    // Amounts by name are told with job types.
    expect(
      missing.filter((name) => !['cpus', 'mem', 'disk', 'sharedMem', 'gpus', 'type'].includes(name)),
    ).toEqual([]);
  });

  it('shows the interface of the recipe type that it uses as a part', () => {
    const [, text] = definitions.find(([heading]) => heading === 'For each, and joins')!;
    expect(judgeDefinition(parse(text), known).interface!.output).toEqual(files('MOSAIC:image/png'));
  });
});
