import { reasonOf, SeedbedError } from '../errors/index.ts';
import { retryAfter } from './retry.ts';
import { NoAnswer, type Answer } from './transport.ts';

/** What was asked of whom, for the sentences of errors. */
export interface Question {
  /** As users write it. */
  readonly registry: string;
  /** Follows "asked to": `list the tags of a/b`. */
  readonly action: string;
}

/** The reasons that need other words than the system's. */
const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ECONNRESET: 'it broke the connection',
  EPROTO: 'it does not speak TLS',
};

/** An error for a request that got no answer; what is not `NoAnswer` is returned as it is. */
export function unanswered(question: Question, thrown: unknown): unknown {
  if (!(thrown instanceof NoAnswer)) return thrown;
  if (thrown.kind === 'too-long') return invalidAnswer(question, thrown.message);
  const isCertificate = /CERT|SIGNATURE|ALTNAME/.test(thrown.code);
  const reason = isCertificate
    ? `its certificate is not trusted (${reasonOf(thrown)}; NODE_EXTRA_CA_CERTS names a file of others to trust)`
    : (reasons[thrown.code] ?? reasonOf(thrown));
  return new SeedbedError('registry-unreachable', { ...question, reason }, { cause: thrown });
}

export function invalidAnswer(question: Question, problem: string): SeedbedError {
  return new SeedbedError('registry-answer-invalid', { ...question, problem });
}

/**
 * The error for an answer that is none of those that were expected.
 * @param user who asked, undefined without a login
 */
export function refusal(question: Question, answer: Answer, user: string | undefined): SeedbedError {
  const { status } = answer;
  const reason = reasonOfAnswer(answer);
  if (status === 401 || status === 403)
    return user === undefined
      ? new SeedbedError('registry-login-needed', { ...question })
      : new SeedbedError('registry-login-refused', { ...question, user, reason });
  if (status !== 429) return new SeedbedError('registry-error', { ...question, reason });
  const wait = retryAfter(answer);
  const asked = wait === undefined ? '' : `, and asks to wait ${Math.ceil(wait / 1000)} s`;
  return new SeedbedError('registry-throttled', { ...question, reason: reason + asked });
}

/** Words for an answer: its status, and the first of the errors that it names (distribution spec, "Error Codes"). */
export function reasonOfAnswer({ status, body }: Answer): string {
  const said = messageOf(body);
  return `HTTP ${status}${said && ` (${said})`}`;
}

function messageOf(body: Buffer): string {
  try {
    const { errors } = JSON.parse(body.toString()) as { errors?: { code?: unknown; message?: unknown }[] };
    const { code, message } = errors?.[0] ?? {};
    return oneLine(String(message || code || ''));
  } catch {
    return '';
  }
}

/** What a registry sends may end on a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, 200);
}
