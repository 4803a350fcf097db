import { SeedbedError } from '../errors/index.ts';
import type { RegistryAddress } from './address.ts';
import { Authorization, userOf, type RegistryLogin } from './authorization.ts';
import { connect } from './connect.ts';
import { reasonOfAnswer, refusal, unanswered, type Question } from './failures.ts';
import { follow } from './follow.ts';
import { repeatedly, type RetryOptions } from './retry.ts';
import type { Answer, Exchange, Transport } from './transport.ts';

/** One request to the registry's API. */
export interface Ask {
  /** For errors; follows "asked to". */
  readonly action: string;
  /** From `/v2/` on, with its query. */
  readonly path: string;
  /** What a token must allow, e.g. `repository:a/b:pull`. */
  readonly scope: string;
  /** Statuses that the caller understands; every other is an error. */
  readonly expected: readonly number[];
  readonly method?: 'GET' | 'HEAD' | 'DELETE';
  readonly accept?: string;
}

export interface SessionOptions extends RetryOptions {
  readonly login?: RegistryLogin | undefined;
}

interface Connection {
  readonly origin: URL;
  readonly authorization: Authorization;
}

/**
 * The conversation with one registry. The first question finds out where it listens and how it wants to be asked; each
 * then carries what it needs, and is asked once more after a 401.
 */
export class Session {
  readonly #address: RegistryAddress;
  readonly #transport: Transport;
  readonly #options: SessionOptions;
  #connection: Promise<Connection> | undefined;

  constructor(address: RegistryAddress, transport: Transport, options: SessionOptions) {
    this.#address = address;
    this.#transport = transport;
    this.#options = options;
  }

  question(action: string): Question {
    return { registry: this.#address.host, action };
  }

  /** Where the API is. */
  async origin(action: string): Promise<URL> {
    return (await this.#connected(action)).origin;
  }

  /** @throws SeedbedError for every answer but those that are expected, and for none */
  async ask({ action, path, scope, expected, method = 'GET', accept }: Ask): Promise<Answer> {
    const { origin, authorization } = await this.#connected(action);
    const question = this.question(action);
    const send = async (header: string | undefined) => {
      const headers = { ...(accept && { accept }), ...(header && { authorization: header }) };
      return this.send({ method, url: new URL(path, origin), headers }, question);
    };
    const sent = await authorization.header(scope, question);
    let answer = await send(sent);
    const isOwn = () => answer.url.origin === origin.origin;
    if (answer.status === 401 && isOwn() && (await authorization.learn(answer, sent, scope, question)))
      answer = await send(await authorization.header(scope, question));
    if (expected.includes(answer.status)) return answer;
    if (isOwn()) throw refusal(question, answer, userOf(this.#options.login));
    const reason = `${reasonOfAnswer(answer)} from ${answer.url.host}, to which it leads`;
    throw new SeedbedError('registry-error', { ...question, reason });
  }

  /** Sends anything anywhere, without a login of its own; repeats, follows redirects, and names failures. */
  async send(exchange: Exchange, question: Question): Promise<Answer> {
    try {
      return await follow((each) => this.#repeated(each), exchange, question);
    } catch (thrown) {
      throw unanswered(question, thrown);
    }
  }

  close(): void {
    this.#transport.close();
  }

  #repeated(exchange: Exchange): Promise<Answer> {
    return repeatedly(() => this.#transport.send(exchange), this.#options, this.#transport.signal);
  }

  #connected(action: string): Promise<Connection> {
    if (this.#connection) return this.#connection;
    const coming = this.#connect(action);
    this.#connection = coming;
    // The next question tries again.
    coming.catch(() => (this.#connection = undefined));
    return coming;
  }

  async #connect(action: string): Promise<Connection> {
    const { login } = this.#options;
    const send = {
      once: (exchange: Exchange) => this.#transport.send(exchange),
      repeated: (exchange: Exchange) => this.#repeated(exchange),
    };
    const answer = await connect(this.#address.origins, send, this.question(action), userOf(login));
    const origin = new URL(answer.url.origin);
    const authorization = new Authorization(origin, login, (...request) => this.send(...request));
    if (answer.status === 401) authorization.expect(answer);
    return { origin, authorization };
  }
}
