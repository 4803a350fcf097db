import { invalidAnswer, refusal } from './failures.ts';
import { isObject, readJson } from './json.ts';
import { namesOfPages } from './pages.ts';
import type { Session } from './session.ts';

/**
 * The public repositories of an organization on Docker Hub, which has no catalogue: by the API of its web pages, without
 * a login.
 * @param index scheme and host of that API
 */
export async function* hubRepositories(
  session: Session,
  index: string,
  organization: string,
): AsyncGenerator<string, void, undefined> {
  const question = session.question(`list the repositories of ${organization}`);
  const first = new URL(`/v2/repositories/${encodeURIComponent(organization)}/?page_size=100`, index);
  yield* namesOfPages(
    first,
    async (url) => {
      const answer = await session.send({ method: 'GET', url }, question);
      if (answer.status === 404) return { names: [], next: undefined };
      if (answer.status !== 200) throw refusal(question, answer, undefined);
      const { results, next } = readJson(answer, question);
      if (!Array.isArray(results)) throw invalidAnswer(question, '"results" is no list');
      const names = results.map((each: unknown) => {
        const { name, namespace = organization } = isObject(each) ? each : {};
        if (typeof name !== 'string' || typeof namespace !== 'string')
          throw invalidAnswer(question, 'a repository of its list has no name');
        return `${namespace}/${name}`;
      });
      return { names, next: typeof next === 'string' ? next : undefined };
    },
    question,
  );
}
