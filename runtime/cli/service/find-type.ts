import type { Client, JobTypeRow } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { ServiceRefusal } from '../../client/index.ts';

/**
 * The job type that a word means: NAME or NAME:VERSION. The name alone means the newest version that is active.
 * @returns undefined when the service knows none of that name and version
 */
export async function findType(client: Client, word: string): Promise<JobTypeRow | undefined> {
  const [, name = '', version] = /^([^:/@]+)(?::([^:/@]+))?$/.exec(word) ?? [];
  if (name === '') return undefined;
  const versions = await client.jobTypeVersions(name).catch((thrown: unknown) => {
    if (thrown instanceof ServiceRefusal && thrown.error === 'not-found') return { results: [] };
    throw thrown;
  });
  const rows = versions.results;
  if (version !== undefined) return rows.find((row) => row.version === version);
  return rows.findLast((row) => row.is_active) ?? rows.at(-1);
}

/** As `findType`. @throws not-found */
export async function typeCalled(client: Client, word: string): Promise<JobTypeRow> {
  const found = await findType(client, word);
  if (found) return found;
  throw new SeedbedError('not-found', {
    what: `job type ${word}; \`seed types\` lists those that there are`,
  });
}
