import { boolean, nullable, oneOf, string, Type } from './schema.ts';

/** Scale's words for whose fault an error is. */
export const errorCategories = ['SYSTEM', 'DATA', 'ALGORITHM'] as const;

/** Why a job or an execution failed. */
export const ErrorDocument = Type.Object(
  {
    id: Type.Integer({
      minimum: 0,
      description: 'The number of its code, 2004 of SB2004; above 10000 for those of manifests.',
    }),
    name: string,
    title: nullable(string),
    description: nullable(string),
    job_type_name: nullable(string),
    category: oneOf(errorCategories),
    is_builtin: Type.Boolean({ description: 'Seedbed defines it, and no manifest.' }),
    should_be_retried: boolean,
  },
  { $id: 'Error' },
);
