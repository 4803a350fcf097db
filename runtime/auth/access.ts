import type { Queries, Signals } from '../database/index.ts';
import { digestOf, livingToken } from './api-tokens.ts';
import { carriesToken, tokenOf } from './authorization.ts';
import { anonymousAdmin, firstToken, type Principal } from './principal.ts';
import { covers } from './role.ts';

export interface AccessOptions {
  /** The first token, which is an administrator's. */
  readonly token: string;
  /** Whoever sends no token is an administrator too. */
  readonly insecure?: boolean;
}

/** Milliseconds for which a token that was looked up counts without another look. */
const keptMs = 5_000;
const mostKept = 10_000;

/** A request that may go on for long. */
interface Watched {
  readonly token: string;
  readonly principal: Principal;
  readonly cut: () => void;
}

interface Kept {
  readonly principal: Principal;
  readonly until: number;
}

/**
 * Says who makes a request. Tokens that count are kept for a few seconds, so that not every request asks the database; when
 * a user or token changes, every service that shares the database hears of it and forgets them all at once. A signal that is
 * lost delays that by those seconds.
 */
export class Access {
  readonly #db: Queries & Signals;
  readonly #options: AccessOptions;
  readonly #unlisten: () => void;
  readonly #kept = new Map<string, Kept>();
  readonly #watched = new Set<Watched>();
  /** Grows when what is being looked up may have changed meanwhile. */
  #changes = 0;

  constructor(db: Queries & Signals, options: AccessOptions) {
    this.#db = db;
    this.#options = options;
    this.#unlisten = db.listen((topic) => {
      if (topic === 'access') this.#forget();
    });
  }

  /** @param header `Authorization`. @returns undefined for whom nobody knows. @throws database-unreachable */
  async principalOf(header: string | undefined): Promise<Principal | undefined> {
    const { token: first, insecure = false } = this.#options;
    if (header === undefined && insecure) return anonymousAdmin;
    if (carriesToken(header, first)) return firstToken;
    const token = tokenOf(header);
    if (token === undefined) return undefined;
    const key = digestOf(token).toString('base64');
    const kept = this.#kept.get(key);
    if (kept && kept.until > performance.now()) return kept.principal;
    return this.#look(token, key);
  }

  /**
   * Calls `cut` once a user's token that a request came with does not count any more, or for less than it did then.
   * @returns to be called when the request has ended
   */
  watch(header: string | undefined, principal: Principal, cut: () => void): () => void {
    const token = tokenOf(header);
    if (token === undefined || principal.tokenId === undefined) return () => undefined;
    const watched = { token, principal, cut };
    this.#watched.add(watched);
    return () => this.#watched.delete(watched);
  }

  /** To be called after a user or token was changed. */
  changed(): void {
    this.#forget();
    this.#db.notify('access');
  }

  close(): void {
    this.#unlisten();
  }

  async #look(token: string, key: string): Promise<Principal | undefined> {
    const changes = this.#changes;
    const row = await livingToken(this.#db, token);
    this.#kept.delete(key);
    if (!row) return undefined;
    const principal = { actor: row.username, role: row.role, userId: row.user_id, tokenId: row.id };
    if (changes === this.#changes) {
      if (this.#kept.size >= mostKept) this.#kept.clear();
      this.#kept.set(key, { principal, until: performance.now() + keptMs });
    }
    return principal;
  }

  #forget(): void {
    this.#changes += 1;
    this.#kept.clear();
    for (const token of new Set([...this.#watched].map((one) => one.token)))
      // A database that does not answer says nothing against a token; requests that follow are refused.
      void this.#cutLesser(token).catch(() => undefined);
  }

  async #cutLesser(token: string): Promise<void> {
    const now = await this.#look(token, digestOf(token).toString('base64'));
    for (const { principal, cut, ...watched } of this.#watched)
      if (watched.token === token && !(now && covers(now.role, principal.role))) cut();
  }
}
