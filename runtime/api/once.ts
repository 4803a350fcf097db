import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from 'express';
import type { Config } from '../config/index.ts';
import {
  beginOnce,
  type Database,
  endOnce,
  forgetOnce,
  type OnceKey,
  takeOverOnce,
} from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { loadSecretKey } from '../secrets/index.ts';
import type { Answer, Operation } from './operation.ts';
import { idempotencyKeyOf } from './request/idempotency-key.ts';
import { Turns } from './turns.ts';

/** Carries out requests that have the same `Idempotency-Key` once: later ones get the answer of the first. */
export type Once = (
  occasion: OnceOccasion,
  work: () => Promise<Answer | undefined>,
) => Promise<Answer | undefined>;

export interface OnceOccasion {
  readonly operation: Operation;
  readonly request: Request;
  /** As read; of one that is no JSON what its headers say counts. */
  readonly body: unknown;
  readonly actor: string;
}

/** Milliseconds to wait for another process that carries out the same request, and between looks at it. */
const patience = { whole: 10_000, step: 100 };

/**
 * @param db whose presence tells which processes live: what a dead one began is begun anew. Jobs have keys of their own as
 * well, so that not even then one is made twice.
 */
export function onceOver(db: Database, config: Config): Once {
  const turns = new Turns();
  return async ({ operation, request, body, actor }, work) => {
    // Whoever logs in is not known yet, and nobody else may get their token.
    if (request.method !== 'POST' || operation.role === 'anyone') return work();
    const key = idempotencyKeyOf(request);
    if (key === undefined) return work();
    const digest = await digestOf(config, request, body);
    const once = { actor, key, digest };
    const answer = await turns.take(`${actor}\0${key}`, () => carryOut(db, once, operation, work));
    // What is sent a second time need not be read.
    if (!request.complete) request.resume();
    return answer;
  };
}

async function carryOut(
  db: Database,
  once: OnceKey,
  operation: Operation,
  work: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const kept = await begin(db, once);
  if (kept) return kept;
  try {
    const answer = await work();
    if (!answer) {
      await forgetOnce(db, once);
      return undefined;
    }
    const { status = 200, headers = {}, json } = answer;
    await endOnce(db, once, { status, headers, json: operation.confidential ? undefined : json });
    return answer;
  } catch (thrown) {
    await forgetOnce(db, once);
    throw thrown;
  }
}

/** @returns the answer, where there is one already */
async function begin(db: Database, once: OnceKey): Promise<Answer | undefined> {
  const { runtime } = db.presence;
  for (let waited = 0; ; waited += patience.step) {
    const found = await beginOnce(db, once, runtime);
    if (found.state === 'begun') return undefined;
    if (found.state === 'other') throw new SeedbedError('idempotency-key-reused', { key: once.key });
    if (found.state === 'done') {
      const { status, headers, json } = found.answer;
      return { status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, json };
    }
    const isDead = found.owner === runtime || !(await db.presence.isAlive(found.owner));
    if (isDead && (await takeOverOnce(db, once, found.owner, runtime))) return undefined;
    if (waited >= patience.whole) throw new SeedbedError('idempotency-key-busy', { key: once.key });
    await sleep(patience.step);
  }
}

/** With a key that is not in the database: a body may hold passwords and settings. */
async function digestOf(config: Config, request: Request, body: unknown): Promise<Buffer> {
  const { key } = await loadSecretKey(config);
  const { headers } = request;
  const sent =
    body ??
    ['content-type', 'content-length', 'repr-digest', 'content-disposition', 'upload-length'].map(
      (name) => headers[name],
    );
  return createHmac('sha256', key)
    .update(JSON.stringify(['idempotency', request.url, sent]))
    .digest();
}
