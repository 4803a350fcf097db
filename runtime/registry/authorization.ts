import { SeedbedError } from '../errors/index.ts';
import { readChallenge, type Challenge } from './challenge.ts';
import { invalidAnswer, refusal, type Question } from './failures.ts';
import { readJson } from './json.ts';
import { isLoopback } from './address.ts';
import type { Answer, Exchange } from './transport.ts';

/** A user's login, as `docker login` stores it. */
export interface RegistryLogin {
  readonly username?: string;
  readonly password?: string;
  /** A refresh token, in the place of a password (spec/auth/oauth.md). */
  readonly identitytoken?: string;
}

interface Token {
  readonly text: string;
  /** `Date.now()` from which on it is not used any more. */
  readonly until: number;
}

type Send = (exchange: Exchange, question: Question) => Promise<Answer>;
type Bearer = Extract<Challenge, { scheme: 'bearer' }>;

/**
 * What stands in `Authorization`. Nothing is known before the first challenge (401); then Basic is sent with every
 * request, and a Bearer token is got for each scope, kept while it is valid, and got anew when it is refused.
 */
export class Authorization {
  readonly #origin: URL;
  readonly #login: RegistryLogin | undefined;
  readonly #send: Send;
  readonly #tokens = new Map<string, Promise<Token>>();
  #challenge: Challenge | undefined;

  /** @param send for the token service: repeats and follows redirects, without `Authorization` to other origins */
  constructor(origin: URL, login: RegistryLogin | undefined, send: Send) {
    this.#origin = origin;
    this.#login = login;
    this.#send = send;
  }

  /** The header's value for a request of this scope (spec/auth/scope.md), by what is known so far. */
  async header(scope: string, question: Question): Promise<string | undefined> {
    if (this.#challenge?.scheme === 'basic') return this.#basic();
    if (this.#challenge?.scheme !== 'bearer') return undefined;
    const kept = await this.#tokens.get(scope);
    if (kept && kept.until > Date.now()) return `Bearer ${kept.text}`;
    return `Bearer ${(await this.#renew(this.#challenge, scope, scope, question)).text}`;
  }

  /**
   * Learns from a 401.
   * @param sent the header's value that was refused
   * @returns whether the request is worth repeating, with another `header`
   */
  async learn(answer: Answer, sent: string | undefined, scope: string, question: Question): Promise<boolean> {
    const challenge = readChallenge(answer.headers['www-authenticate']);
    if (challenge?.scheme === 'unknown')
      throw new SeedbedError('registry-error', {
        ...question,
        reason: `it asks for a login by ${challenge.name}, and Seedbed speaks Basic and Bearer`,
      });
    if (challenge?.scheme === 'basic') {
      this.#challenge = challenge;
      return sent === undefined && this.#basic() !== undefined;
    }
    if (challenge?.scheme !== 'bearer') return false;
    this.#challenge = challenge;
    const kept = await this.#tokens.get(scope);
    // Another request has renewed it meanwhile.
    if (kept && `Bearer ${kept.text}` !== sent) return true;
    await this.#renew(challenge, scope, challenge.scope ?? scope, question);
    return true;
  }

  /** Takes a challenge before anything has been asked for. */
  expect(answer: Answer): void {
    this.#challenge = readChallenge(answer.headers['www-authenticate']);
  }

  #basic(): string | undefined {
    const { username, password = '' } = this.#login ?? {};
    if (!username) return undefined;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  /** Gets a token of the scope `asked` and keeps it for `scope`; requests that need it at the same time share one. */
  async #renew(challenge: Bearer, scope: string, asked: string, question: Question): Promise<Token> {
    const coming = this.#token(challenge, asked, question);
    this.#tokens.set(scope, coming);
    coming.catch(() => {
      if (this.#tokens.get(scope) === coming) this.#tokens.delete(scope);
    });
    return coming;
  }

  async #token(challenge: Bearer, scope: string, question: Question): Promise<Token> {
    const answer = await this.#send(this.#tokenRequest(challenge, scope, question), question);
    if (answer.status !== 200) throw refusal(question, answer, userOf(this.#login));
    const { token, access_token, expires_in } = readJson(answer, question);
    const text = token ?? access_token;
    if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text))
      throw invalidAnswer(question, `its token service ${answer.url.host} gave no token`);
    const seconds = typeof expires_in === 'number' ? expires_in : 60;
    return { text, until: Date.now() + seconds * 800 };
  }

  /** GET with Basic (spec/auth/token.md), or POST with a refresh token (spec/auth/oauth.md). */
  #tokenRequest({ realm, service = '' }: Bearer, scope: string, question: Question): Exchange {
    if (!URL.canParse(realm)) throw invalidAnswer(question, `its token service is at ${realm}`);
    const url = new URL(realm);
    if (this.#login && !this.#isSafe(url))
      throw new SeedbedError('registry-login-unsafe', { registry: question.registry, realm: url.origin });
    const { username, identitytoken } = this.#login ?? {};
    if (identitytoken) {
      const form = { grant_type: 'refresh_token', refresh_token: identitytoken, client_id: 'seedbed' };
      return {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...form, service, scope }).toString(),
      };
    }
    url.searchParams.set('service', service);
    for (const each of scope.split(' ')) url.searchParams.append('scope', each);
    if (username) url.searchParams.set('account', username);
    const authorization = this.#basic();
    return { method: 'GET', url, ...(authorization && { headers: { authorization } }) };
  }

  /** Plain http is taken on the registry's own host, and on this machine, where the registry itself speaks it. */
  #isSafe(realm: URL): boolean {
    if (realm.protocol === 'https:') return true;
    return (
      realm.protocol === 'http:' &&
      this.#origin.protocol === 'http:' &&
      (realm.hostname === this.#origin.hostname ||
        (isLoopback(realm.hostname) && isLoopback(this.#origin.hostname)))
    );
  }
}

/** Whose login it is, for the sentences of errors. */
export function userOf(login: RegistryLogin | undefined): string | undefined {
  return login && (login.username ?? 'the stored login');
}
