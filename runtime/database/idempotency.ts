import type { Queries } from './queries.ts';

/** A request that is to be carried out once, however often it is sent. */
export interface OnceKey {
  /** Who sends it; the keys of different people are apart. */
  readonly actor: string;
  readonly key: string;
  /** Of all that makes it this request and no other. */
  readonly digest: Buffer;
}

/** What it was answered with. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
}

export type OnceState =
  | { readonly state: 'begun' }
  | { readonly state: 'done'; readonly answer: KeptAnswer }
  /** The key was used for another request. */
  | { readonly state: 'other' }
  /** The process `owner` carries it out now. */
  | { readonly state: 'busy'; readonly owner: string };

/** Takes a key, or says what has become of the request that took it. @param owner number of this process's presence */
export async function beginOnce(db: Queries, once: OnceKey, owner: string): Promise<OnceState> {
  const { actor, key, digest } = once;
  const taken = await db.execute(
    `insert into idempotency (actor, key, digest, owner) values ($1, $2, $3, $4) on conflict (actor, key) do nothing`,
    [actor, key, digest, owner],
  );
  if (taken > 0) return { state: 'begun' };
  const [row] = await db.query<{ digest: Buffer; owner: string } & Partial<KeptAnswer>>(
    'select digest, owner, status, headers, answer as json from idempotency where actor = $1 and key = $2',
    [actor, key],
  );
  if (!row) return beginOnce(db, once, owner);
  if (!row.digest.equals(digest)) return { state: 'other' };
  const { status, headers, json } = row;
  if (typeof status === 'number')
    return { state: 'done', answer: { status, headers: headers ?? {}, json: json ?? undefined } };
  return { state: 'busy', owner: row.owner };
}

/** Takes over what a process began that is dead. @returns false when another one has done so, or it has ended after all */
export async function takeOverOnce(
  db: Queries,
  { actor, key }: OnceKey,
  from: string,
  owner: string,
): Promise<boolean> {
  const taken = await db.execute(
    'update idempotency set owner = $4 where actor = $1 and key = $2 and owner = $3 and status is null',
    [actor, key, from, owner],
  );
  return taken > 0;
}

export async function endOnce(db: Queries, { actor, key }: OnceKey, answer: KeptAnswer): Promise<void> {
  await db.query(
    'update idempotency set status = $3, headers = $4, answer = $5::jsonb where actor = $1 and key = $2',
    [
      actor,
      key,
      answer.status,
      answer.headers,
      answer.json === undefined ? null : JSON.stringify(answer.json),
    ],
  );
}

/** For a request that has failed: it may be sent again. */
export async function forgetOnce(db: Queries, { actor, key }: OnceKey): Promise<void> {
  await db.query('delete from idempotency where actor = $1 and key = $2', [actor, key]);
}

/** Forgets what is older than a day. */
export async function sweepOnce(db: Queries): Promise<void> {
  await db.query(`delete from idempotency where at < now() - interval '24 hours'`);
}
