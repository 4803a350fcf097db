import { boolean, id, nullable, string, Type } from './schema.ts';

/** What a file was made of and what was made of it. */
export const LineageDocument = Type.Object(
  {
    files: Type.Array(
      Type.Object({
        id,
        file_name: string,
        file_path: string,
        workspace: Type.Object({ id, name: string }),
        file_type: string,
        media_type: string,
        file_size: Type.Integer({ minimum: 0, description: 'Bytes.' }),
        is_superseded: boolean,
        is_deleted: boolean,
        distance: Type.Integer({
          description:
            'Jobs between it and the file that was asked for: below 0 for an ancestor, above for a descendant, 0 for itself.',
        }),
      }),
    ),
    links: Type.Array(
      Type.Object({
        ancestor_id: id,
        descendant_id: id,
        job_id: nullable(
          Type.Integer({ description: 'null: a job of the Scale that both files were taken over from.' }),
        ),
      }),
    ),
    jobs: Type.Array(
      Type.Object({
        id,
        job_type: Type.Object({ id, name: string, version: string }),
        recipe: nullable(Type.Object({ id })),
        recipe_node: nullable(string),
      }),
    ),
    cut: Type.Object(
      { ancestors: boolean, descendants: boolean },
      { description: 'Whether there is more in that direction than `depth` and `limit` let through.' },
    ),
  },
  { $id: 'Lineage' },
);
