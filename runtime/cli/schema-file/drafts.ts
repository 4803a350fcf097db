import type { Ajv, Options } from 'ajv';

type Core = Pick<Ajv, 'addFormat' | 'addSchema' | 'compile' | 'getKeyword'>;

/** Patterns by the rules that JSON Schema asks for (`u`), or as browsers take them: many escape what needs none. */
function lenient(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}
const regExp = Object.assign(lenient, { code: 'new RegExp' });

const options = {
  allErrors: true,
  verbose: true,
  strict: false,
  logger: false,
  ownProperties: true,
  code: { regExp },
} as const satisfies Options;

// Until 2019-09, what stands beside `$ref` is ignored.
const early = { ...options, ignoreKeywordsWithRef: true } as const;

/** Loaded only for a schema that asks for it; by their defaults, because bundled CommonJS has no other names. */
const makers = {
  'draft-04': async (more: Options): Promise<Core> => {
    const { default: Draft04 } = await import('ajv-draft-04');
    return new Draft04({ ...early, ...more }) as unknown as Core;
  },
  'draft-06': async (more: Options): Promise<Core> => {
    const { default: Ajv } = await import('ajv');
    const ajv = new Ajv({ ...early, ...more });
    for (const later of ['if', 'then', 'else']) ajv.removeKeyword(later);
    return ajv;
  },
  'draft-07': async (more: Options): Promise<Core> => {
    const { default: Ajv } = await import('ajv');
    return new Ajv({ ...early, ...more });
  },
  '2019-09': async (more: Options): Promise<Core> => {
    const { default: Ajv2019 } = await import('ajv/dist/2019.js');
    return new Ajv2019({ ...options, ...more });
  },
  '2020-12': async (more: Options): Promise<Core> => {
    const { default: Ajv2020 } = await import('ajv/dist/2020.js');
    return new Ajv2020({ ...options, ...more });
  },
};

export type Draft = keyof typeof makers;

/** The drafts that are understood, for messages. */
export const drafts = Object.keys(makers) as Draft[];

/** The draft that a schema's `$schema` names; draft-07 where it names none. Undefined: one that is not known. */
export function draftOf($schema: unknown): Draft | undefined {
  if ($schema === undefined) return 'draft-07';
  const name = /^https?:\/\/json-schema\.org\/(?:draft\/)?(draft-0[467]|20\d\d-\d\d)\/schema#?$/.exec(
    String($schema),
  )?.[1];
  return drafts.find((draft) => draft === name);
}

/** An Ajv for schemas of a draft, with the usual formats. It never asks the network. */
export async function ajvFor(draft: Draft, more: Options = {}): Promise<Core> {
  const [ajv, { default: addFormats }] = await Promise.all([makers[draft](more), import('ajv-formats')]);
  addFormats(ajv as Ajv);
  ajv.addFormat('regex', (text: string) => {
    try {
      lenient(text, 'u');
      return true;
    } catch {
      return false;
    }
  });
  return ajv;
}
