import { isDeepStrictEqual } from 'node:util';
import type { Queries } from '../../database/index.ts';
import type { JobDescription } from '../identity.ts';

/**
 * In what the execution that made a file was another one than an earlier execution, by what decided their outputs.
 * @returns for people; undefined when one of the two has no identity, so that nobody can say
 */
export async function identityDifferences(
  db: Queries,
  earlier: number,
  fileId: number,
): Promise<string[] | undefined> {
  const rows = await db.query<{ id: number; description: JobDescription }>(
    `select x.id, o.description from job_exe x join output_identity o on o.output_id = x.output_id
     where x.id = $1 or x.id = (select job_exe_id from scale_file where id = $2) order by x.id`,
    [earlier, fileId],
  );
  const [then, now] = rows;
  return then && now && differences(then.description, now.description);
}

const members: Readonly<Record<string, string>> = {
  settings: 'the setting',
  secrets: 'the secret setting',
  json: 'the JSON input',
  inputs: 'the input',
  resources: 'the resource',
  mounts: 'the mount',
};

/** Pure. @returns for people, e.g. `the secret setting KEY is not the same` */
export function differences(then: JobDescription, now: JobDescription): string[] {
  return Object.keys({ ...then, ...now }).flatMap((member) => {
    const [old, next] = [then[member], now[member]];
    if (isDeepStrictEqual(old, next)) return [];
    const words = members[member];
    if (words === undefined) return [`the ${member} is not the same`];
    const [olds, news] = [old, next] as Record<string, unknown>[];
    return Object.keys({ ...olds, ...news })
      .filter((name) => !isDeepStrictEqual(olds![name], news![name]))
      .map((name) => `${words} ${name} is not the same`);
  });
}
