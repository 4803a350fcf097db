import { count, id, string, Type } from './schema.ts';

const results = Type.Array(Type.Object({ date: Type.String({ format: 'date' }), count }), {
  description: 'The oldest day first; in UTC.',
});

/** How many jobs of a type completed each day. */
export const JobTypeTimelineDocument = Type.Object(
  {
    job_type_id: id,
    name: string,
    version: string,
    title: string,
    revision_num: Type.Integer({ minimum: 1 }),
    results,
  },
  { $id: 'JobTypeTimeline' },
);

/** How many recipes of a revision of a type completed each day. */
export const RecipeTypeTimelineDocument = Type.Object(
  { recipe_type_id: id, name: string, title: string, revision_num: Type.Integer({ minimum: 1 }), results },
  { $id: 'RecipeTypeTimeline' },
);
