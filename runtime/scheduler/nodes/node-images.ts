import type { PullPolicy } from '../../config/index.ts';
import { diagnosticImage, type Engine, type ImageDetails } from '../../engine/index.ts';
import { SeedbedError, toSeedbedError } from '../../errors/index.ts';
import type { ImageState } from '../../jobs/index.ts';

/** What becomes of an image, for whoever asks why a job waits. */
export type ReportImage = (
  image: string,
  state: { state: ImageState; error?: object; ours?: boolean },
) => Promise<void>;

/** Milliseconds until a name is looked up again: an image can be built anew under its name. */
const freshMs = 1000;
/** Seconds until a failed pull is tried again: the first time, and at most. */
const retrySeconds = { first: 5, most: 300 };

type Entry =
  | { readonly state: 'looking' }
  | { readonly state: 'ready'; readonly id: string; readonly looked: number }
  | { readonly state: 'failed'; readonly until: number; readonly tries: number };

/**
 * The images of one engine. A job is placed only where its image is: what lacks is pulled in the background, and a pull
 * that is slow or fails holds up nobody else. Each image is read once for each digest.
 */
export class NodeImages {
  readonly #engine: Engine;
  readonly #policy: PullPolicy;
  readonly #report: ReportImage;
  readonly #wake: () => void;
  readonly #entries = new Map<string, Entry>();
  readonly #details = new Map<string, ImageDetails>();

  /** @param wake called when an image has become ready */
  constructor(engine: Engine, policy: PullPolicy, report: ReportImage, wake: () => void) {
    this.#engine = engine;
    this.#policy = policy;
    this.#report = report;
    this.#wake = wake;
  }

  /** Whether jobs of this image can start; if that is not known it is found out, and the image fetched. */
  isReady(image: string): boolean {
    const entry = this.#entries.get(image);
    if (entry?.state === 'ready') return true;
    if (entry?.state === 'looking' || (entry?.state === 'failed' && Date.now() < entry.until)) return false;
    const tries = entry?.state === 'failed' ? entry.tries : 0;
    this.#entries.set(image, { state: 'looking' });
    void this.#fetch(image, tries);
    return false;
  }

  /** @throws target-not-found when it is gone: jobs of it wait again until it is back */
  async details(image: string): Promise<ImageDetails> {
    const entry = this.#entries.get(image);
    if (entry?.state === 'ready' && Date.now() - entry.looked < freshMs) return this.#details.get(entry.id)!;
    const found = await this.#look(image);
    if (found) return found;
    this.forget(image);
    throw new SeedbedError('target-not-found', {
      target: image,
      reason: 'the engine has no such image any more',
    });
  }

  /** It may be gone, or there again: it is looked up before the next job. */
  forget(image: string): void {
    this.#entries.delete(image);
  }

  async #look(image: string): Promise<ImageDetails | undefined> {
    const details = await this.#engine.inspectImage(image);
    if (!details) return undefined;
    this.#details.set(details.id, details);
    this.#entries.set(image, { state: 'ready', id: details.id, looked: Date.now() });
    return details;
  }

  async #fetch(image: string, tries: number): Promise<void> {
    try {
      let ours = false;
      const known = await this.#look(image);
      if (this.#policy === 'always' || !known) {
        if (this.#policy === 'never' && image !== diagnosticImage)
          throw new SeedbedError('target-not-found', {
            target: image,
            reason: 'the engine has no such image, and SEED_PULL=never forbids to fetch it',
          });
        await this.#report(image, { state: 'PULLING' });
        ours = !known; // what was there before is not ours to remove
        await this.#engine.pullImage(image);
        if (!(await this.#look(image)))
          throw new SeedbedError('target-not-found', { target: image, reason: 'it was pulled, and is gone' });
      }
      await this.#report(image, { state: 'READY', ours });
      this.#wake();
    } catch (thrown) {
      const error = toSeedbedError(thrown);
      const seconds = Math.min(retrySeconds.first * 2 ** tries, retrySeconds.most);
      this.#entries.set(image, { state: 'failed', until: Date.now() + seconds * 1000, tries: tries + 1 });
      const { error: name, title, category, sentence, code } = error;
      await this.#report(image, {
        state: 'FAILED',
        error: { name, title, category, message: sentence, code },
      });
    }
  }
}
