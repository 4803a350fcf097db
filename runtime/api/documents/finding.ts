import { boolean, string, Type } from './schema.ts';

/** One thing that is wrong or unwise. */
export const Finding = Type.Object(
  {
    name: Type.String({ description: 'The kind, e.g. `PARAM_REQUIRED`.' }),
    description: Type.String({ description: 'In words, with the path.' }),
    path: Type.Optional(Type.String({ description: 'Where in the document.' })),
  },
  { $id: 'Finding' },
);

/** How a document was judged. */
export const Judgement = Type.Object(
  { is_valid: boolean, errors: Type.Array(Finding), warnings: Type.Array(Finding) },
  { $id: 'Judgement' },
);

/** A document that was judged and refused. */
export const RefusedJudgement = Type.Object(
  { detail: string, ...Judgement.properties },
  { $id: 'RefusedJudgement' },
);
