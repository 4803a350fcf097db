import { boolean, string, Type } from './schema.ts';

const finding = Type.Object({
  name: Type.String({ description: 'The kind, e.g. `MOUNT_NOT_ALLOWED`.' }),
  description: string,
  path: Type.Optional(Type.String({ description: 'Where in the document.' })),
});

/** What was found in a document, as Scale answers it. */
export const ValidationDocument = Type.Object(
  { is_valid: boolean, errors: Type.Array(finding), warnings: Type.Array(finding) },
  { $id: 'Validation' },
);
