import type { DataInterface, JsonParameterType } from '../../../seed-schema/index.ts';
import type { KnownJobType, KnownRecipeType, KnownTypes } from '../interface.ts';

/** `a`: required; `a?`: optional; `a*`: several; `a:image/png`: of that media type. */
function files(...written: string[]): DataInterface['files'] {
  return written.map((text) => {
    const [head = '', type] = text.split(':');
    return {
      name: head.replace(/[?*]+$/, ''),
      media_types: type === undefined ? [] : [type],
      required: !head.includes('?'),
      multiple: head.includes('*'),
    };
  });
}

function json(values: Readonly<Record<string, JsonParameterType>>): DataInterface['json'] {
  return Object.entries(values).map(([key, type]) => ({
    name: key.replace('?', ''),
    type,
    required: !key.endsWith('?'),
  }));
}

const none: DataInterface = { files: [], json: [] };

/** Job types by name, all of version 1.0.0; `parse` has two revisions, and the second gives more. */
const jobTypes: Readonly<Record<string, readonly KnownJobType[]>> = {
  parse: [
    { input: { files: files('SCENE'), json: [] }, output: { files: files('PICTURE:image/png'), json: [] } },
    {
      input: { files: files('SCENE'), json: json({ 'LEVEL?': 'number' }) },
      output: {
        files: files('PICTURE:image/png', 'MASK?', 'TILES*'),
        json: json({ COUNT: 'integer', NAMES: 'array', LABEL: 'string' }),
      },
      timeout: 60,
      settings: [
        { name: 'DB_HOST', secret: false },
        { name: 'DB_PASS', secret: true },
      ],
      resources: ['cpus', 'licences'],
    },
  ],
  mark: [
    {
      input: {
        files: files('IMAGE:image/png', 'LOGO?'),
        json: json({ 'SIZE?': 'integer', 'SCALE?': 'number' }),
      },
      output: { files: files('MARKED:image/png'), json: json({ WIDTH: 'integer' }) },
    },
  ],
  tiff: [{ input: { files: files('IMAGE:image/tiff'), json: [] }, output: none }],
  join: [{ input: { files: files('PARTS*'), json: [] }, output: { files: files('WHOLE'), json: [] } }],
  greet: [{ input: { files: [], json: json({ NAME: 'string' }) }, output: none }],
};

const recipeTypes: Readonly<Record<string, readonly KnownRecipeType[]>> = {
  inner: [
    { input: { files: files('IN'), json: [] }, output: none, contains: new Set() },
    {
      input: { files: files('IN'), json: [] },
      output: { files: files('OUT:image/png', 'MAYBE?'), json: [] },
      contains: new Set(['innermost']),
    },
  ],
};

/** What the definitions of tests name. */
export const knownTypes: KnownTypes = {
  jobType: (name, version, revision) =>
    version === '1.0.0' && Object.hasOwn(jobTypes, name) ? jobTypes[name]![revision - 1] : undefined,
  newestJobType: (name, version) =>
    version === '1.0.0' && Object.hasOwn(jobTypes, name) ? jobTypes[name]!.length : undefined,
  recipeType: (name, revision) =>
    Object.hasOwn(recipeTypes, name) ? recipeTypes[name]![revision - 1] : undefined,
  newestRecipeType: (name) => (Object.hasOwn(recipeTypes, name) ? recipeTypes[name]!.length : undefined),
};

/** A node that runs the newest revision of a job type, version 1.0.0. */
export function job(job_type_name: string, input: object = {}, more: object = {}): object {
  return { input, node_type: { node_type: 'job', job_type_name, job_type_version: '1.0.0' }, ...more };
}

export function recipe(recipe_type_name: string, input: object = {}, more: object = {}): object {
  return { input, node_type: { node_type: 'recipe', recipe_type_name }, ...more };
}

/** A condition on one file input, IN, that accepts pictures. */
export function condition(
  input: object,
  more: { required?: boolean; all?: boolean; node?: object } = {},
): object {
  const { required = true, all = true, node = {} } = more;
  return {
    input,
    node_type: {
      node_type: 'condition',
      interface: { files: [{ name: 'IN', required }] },
      data_filter: {
        filters: [{ name: 'IN', type: 'media-type', condition: '==', values: ['image/png'] }],
        all,
      },
    },
    ...node,
  };
}

export const ofRecipe = (input: string) => ({ type: 'recipe', input });
export const ofNode = (node: string, output: string) => ({ type: 'dependency', node, output });
