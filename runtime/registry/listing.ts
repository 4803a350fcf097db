import { SeedbedError } from '../errors/index.ts';
import { reasonOfAnswer } from './failures.ts';
import { readJson, readTexts } from './json.ts';
import { pullScope, repositoryPath } from './names.ts';
import { namesOfPages, nextLink } from './pages.ts';
import type { Session } from './session.ts';

/**
 * The catalogue, page after page.
 * @param pageSize names on a page; a registry that gives fewer at a time decides by itself
 * @throws registry-without-catalogue
 */
export async function* catalogue(
  session: Session,
  pageSize: number,
): AsyncGenerator<string, void, undefined> {
  const action = 'list its repositories';
  const question = session.question(action);
  const scope = 'registry:catalog:*';
  const ask = (path: string, expected: number[]) => session.ask({ action, path, scope, expected });
  const first = new URL(`/v2/_catalog?n=${pageSize}`, await session.origin(action));
  yield* namesOfPages(
    first,
    async ({ href, pathname, search }) => {
      let answer = await ask(pathname + search, [200, 400, 404, 405, 501]);
      if (answer.status === 400 && href === first.href) answer = await ask(pathname, [200, 404, 405, 501]);
      if (answer.status !== 200)
        throw new SeedbedError('registry-without-catalogue', {
          registry: question.registry,
          reason: reasonOfAnswer(answer),
        });
      const { repositories } = readJson(answer, question);
      return {
        names: readTexts(repositories, 'repositories', question),
        next: nextLink(answer.headers.link),
      };
    },
    question,
  );
}

/** All tags; none where there is no such repository. */
export async function allTags(session: Session, repository: string): Promise<string[]> {
  const action = `list the tags of ${repository}`;
  const question = session.question(action);
  const first = new URL(repositoryPath(repository, 'tags/list'), await session.origin(action));
  const scope = pullScope(repository);
  const all: string[] = [];
  const pages = namesOfPages(
    first,
    async ({ pathname, search }) => {
      const answer = await session.ask({ action, path: pathname + search, scope, expected: [200, 404] });
      if (answer.status === 404) return { names: [], next: undefined };
      const { tags } = readJson(answer, question);
      return { names: readTexts(tags, 'tags', question), next: nextLink(answer.headers.link) };
    },
    question,
  );
  for await (const tag of pages) all.push(tag);
  return all;
}
