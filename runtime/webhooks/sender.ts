import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/index.ts';
import { reasonOf } from '../errors/index.ts';
import type { Logger } from '../logging/index.ts';
import type { SecretKey } from '../secrets/index.ts';
import { readSecrets } from '../secrets/read.ts';
import { addressRule } from './address.ts';
import { type Due, forgetOldDeliveries, nextDueMs, recordAttempt, takeDue } from './deliveries.ts';
import { fanOut } from './fan-out.ts';
import { nextDelay } from './retry.ts';
import { send, type Sent } from './send.ts';
import { signedHeaders } from './sign.ts';
import { secretName } from './webhooks.ts';

export interface SenderOptions {
  readonly db: Database;
  readonly secretKey: SecretKey;
  readonly logger: Logger;
  /** SEED_WEBHOOK_ALLOW_PRIVATE, in parts. */
  readonly allowPrivate: readonly string[];
  readonly version: string;
  /** For one attempt, milliseconds; default 10 seconds. */
  readonly timeoutMs?: number;
  /** After a failed attempt, seconds to the next; default as `nextDelay` says. */
  readonly delayOf?: (attempts: number) => number | undefined;
}

/** Attempts at once. */
const mostAtOnce = 16;
/** Between two looks, so that a thousand ends in a second cost a few looks, and how long none is missed that no signal told of. */
const [pauseMs, longestMs] = [200, 60_000];
const farewellMs = 3000;
const hourMs = 60 * 60 * 1000;

/**
 * Sends webhooks what they are to be told, beside other services that do the same. It looks when jobs end or webhooks
 * change, when something is due, and else once a minute:
 *
 *     events of jobs → deliveries, with the cursor, in one transaction     (`fanOut`)
 *     due deliveries → taken, with a lease → posted → written down         (`takeDue`, `send`, `recordAttempt`)
 *
 * Whoever is killed after the post and before it is written down leaves a delivery that is due again when its lease ends:
 * everything arrives at least once, and always with the same id.
 */
export class WebhookSender {
  readonly #options: SenderOptions;
  readonly #allowed;
  readonly #timeoutMs: number;
  /** Attempts that are under way, and their webhooks. */
  readonly #under = new Map<Promise<void>, number>();
  readonly #unlisten: () => void;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #looking: Promise<void> | undefined;
  #again = false;
  #forgetAt = 0;
  #open = true;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#allowed = addressRule(options.allowPrivate);
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#unlisten = options.db.listen((topic) => {
      if (topic === 'jobs' || topic === 'webhooks') this.#soon(pauseMs);
    });
    this.#soon(0);
  }

  /** Begins nothing more, and waits a little for what is under way; what takes longer is attempted again by another one. */
  async stop(): Promise<void> {
    this.#open = false;
    this.#unlisten();
    clearTimeout(this.#timer);
    const ended = Promise.all([this.#looking, ...this.#under.keys()]);
    await Promise.race([ended, delay(farewellMs, undefined, { ref: false })]);
  }

  /** Looks after that time, or before. */
  #soon(ms: number): void {
    const at = performance.now() + ms;
    if (!this.#open || at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.#look();
    }, ms);
    this.#timer.unref();
  }

  #look(): void {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#lookOnce()
      .catch((err: unknown) => {
        this.#options.logger.warn({ err }, 'webhooks could not be looked after');
        this.#soon(1000);
      })
      .finally(() => {
        this.#looking = undefined;
        if (this.#again) this.#soon(pauseMs);
        this.#again = false;
      });
  }

  async #lookOnce(): Promise<void> {
    const { db } = this.#options;
    while (this.#open && (await fanOut(db)));
    let free = mostAtOnce - this.#under.size;
    while (this.#open && free > 0) {
      const due = await takeDue(db, free, (this.#timeoutMs / 1000) * 2, [...this.#under.values()]);
      for (const one of due) this.#attempt(one);
      if (due.length === 0) break;
      free -= due.length;
    }
    // Where there is no room, whatever ends makes some and looks again.
    const next = free > 0 ? await nextDueMs(db, [...this.#under.values()]) : undefined;
    this.#soon(Math.min(longestMs, Math.max(pauseMs, next ?? longestMs)));
    if (performance.now() < this.#forgetAt) return;
    this.#forgetAt = performance.now() + hourMs;
    await forgetOldDeliveries(db);
  }

  #attempt(due: Due): void {
    const attempt = this.#attemptOnce(due)
      .catch((err: unknown) => {
        this.#options.logger.warn({ err, delivery: due.id }, 'how a delivery went could not be written down');
      })
      .finally(() => {
        this.#under.delete(attempt);
        this.#soon(0);
      });
    this.#under.set(attempt, due.webhookId);
  }

  async #attemptOnce(due: Due): Promise<void> {
    const { db, logger, delayOf = nextDelay } = this.#options;
    const at = new Date().toISOString();
    const sent = await this.#send(due);
    const wait = sent.error === null ? undefined : delayOf(due.attempts + 1);
    const state = sent.error === null ? 'DELIVERED' : wait === undefined ? 'DEAD' : 'PENDING';
    await recordAttempt(db, due, { at, ...sent }, state, wait);
    const { id, webhookId, messageId, attempts } = due;
    const facts = { delivery: id, webhook: webhookId, message: messageId, attempt: attempts + 1 };
    if (state === 'DEAD') logger.warn({ ...facts, status: sent.status }, 'a webhook is given up');
    else logger.info({ ...facts, state, status: sent.status, ms: sent.ms }, 'webhook');
  }

  async #send({ webhookId, url, messageId, document }: Due): Promise<Sent> {
    const { db, secretKey, version } = this.#options;
    let secret: string;
    try {
      secret = (await readSecrets(db, secretKey, { kind: 'webhook', id: webhookId })).get(secretName)!;
    } catch (thrown) {
      return { status: null, ms: 0, error: reasonOf(thrown), response: null };
    }
    const body = JSON.stringify(document);
    const headers = {
      'Content-Type': 'application/cloudevents+json; charset=utf-8',
      'User-Agent': `Seedbed/${version}`,
      ...signedHeaders(secret, messageId, Math.floor(Date.now() / 1000), body),
    };
    return send(url, headers, body, { allowed: this.#allowed, timeoutMs: this.#timeoutMs });
  }
}
