import { SeedbedError } from '../errors/index.ts';
import { reasonOfAnswer, refusal, unanswered, type Question } from './failures.ts';
import { redirectOf } from './follow.ts';
import { isHtml } from './json.ts';
import { NoAnswer, type Answer, type Exchange } from './transport.ts';

type Send = (exchange: Exchange) => Promise<Answer>;

/**
 * Asks each origin in turn whether a registry is there (`GET /v2/`), without a login. Where there are more to ask, a
 * connection that fails, or an answer that is no registry's (that of a TLS server to plain http), leads to the next.
 * @param once sends once, `repeated` until there is an answer to keep
 * @returns the registry's answer, 200 or 401
 * @throws not-a-registry and others: what the first origin that answered said
 */
export async function connect(
  origins: readonly string[],
  { once, repeated }: { once: Send; repeated: Send },
  question: Question,
  user: string | undefined,
): Promise<Answer> {
  const left = [...origins];
  const failures: unknown[] = [];
  for (let origin = left.shift(); origin !== undefined; origin = left.shift()) {
    const ping: Exchange = { method: 'GET', url: new URL('/v2/', origin) };
    try {
      let answer = await (left.length > 0 ? once : repeated)(ping);
      if (left.length > 0 && isOverloaded(answer)) answer = await repeated(ping);
      if (answer.status === 401 || (answer.status === 200 && !isHtml(answer.body))) return answer;
      failures.push(noRegistry(answer, question, user));
      const moved = movedToHttps(answer);
      if (moved && !origins.includes(moved)) left.push(moved);
    } catch (thrown) {
      failures.push(unanswered(question, thrown));
      if (!(thrown instanceof NoAnswer && thrown.kind === 'connection')) break;
    }
  }
  throw failures.find((failure) => !isUnreachable(failure)) ?? failures[0];
}

function noRegistry(answer: Answer, question: Question, user: string | undefined): SeedbedError {
  if (answer.status === 403 || isOverloaded(answer)) return refusal(question, answer, user);
  const problem = answer.status === 200 ? 'a web page answers' : reasonOfAnswer(answer);
  return new SeedbedError('not-a-registry', { registry: question.registry, problem });
}

function isOverloaded({ status }: Answer): boolean {
  return status === 429 || status >= 500;
}

/** The https origin of the same host, where a registry of plain http leads to it. */
function movedToHttps(answer: Answer): string | undefined {
  const target = redirectOf(answer);
  const same = target?.hostname === answer.url.hostname && target.pathname.startsWith('/v2');
  return same && target.protocol === 'https:' && answer.url.protocol === 'http:' ? target.origin : undefined;
}

function isUnreachable(failure: unknown): boolean {
  return failure instanceof SeedbedError && failure.error === 'registry-unreachable';
}
