import { lastLines } from '../build-output.ts';
import { Message } from './protobuf.ts';

/** BuildKit's own steps, which say nothing about the Dockerfile. */
const internal = /^\[internal\]|^(docker-image|local|https?):\/\/|^exporting|^resolve image config/;

/** Its steps that ask a registry for an image. */
const fetches = /^\[internal\] load metadata for |^docker-image:\/\/|^resolve image config|^\[[^\]]*\] FROM /;

/**
 * What BuildKit tells about a build (moby/buildkit, `StatusResponse`): steps that begin, are found in the cache or
 * fail, and what they print.
 */
export class BuildStatus {
  readonly #progress: (line: string) => void;
  readonly #steps = new Map<string, { name: string; readonly output: ReturnType<typeof lastLines> }>();
  readonly #announced = new Set<string>();
  #failure: string | undefined;
  #fetching: string | undefined;

  constructor(progress: (line: string) => void) {
    this.#progress = progress;
  }

  /** The step that failed, why, and what it printed last; undefined: none did. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The step that failed, where it fetches an image. */
  get fetching(): string | undefined {
    return this.#fetching;
  }

  /** @param trace one status, as the engine sends it: base64 of protobuf */
  read(trace: string): void {
    const status = new Message(Buffer.from(trace, 'base64'));
    for (const vertex of status.messages(1)) {
      const [digest, name] = [vertex.text(1), vertex.text(3)];
      const step = this.#step(digest);
      step.name = name;
      const isKnown = this.#announced.has(digest) || internal.test(name);
      if (!isKnown && vertex.has(5)) {
        this.#announced.add(digest);
        this.#progress(vertex.number(4) ? `${name} (cached)` : name);
      }
    }
    for (const log of status.messages(3)) this.#step(log.text(1)).output.add(log.bytes(4).toString());
    // After the logs, which may come with the same status.
    for (const vertex of status.messages(1)) this.#note(vertex.text(1), vertex.text(7));
  }

  #step(digest: string) {
    const step = this.#steps.get(digest) ?? { name: '', output: lastLines(this.#progress) };
    this.#steps.set(digest, step);
    return step;
  }

  /** Other steps are canceled when one fails. */
  #note(digest: string, error: string): void {
    if (error === '' || this.#failure !== undefined || /context canceled/.test(error)) return;
    const { name, output } = this.#step(digest);
    if (fetches.test(name)) this.#fetching = name;
    this.#failure = [`${name}: ${withoutFrame(error)}`, ...output.last].join('; ');
  }
}

/** BuildKit's complaint, without the names of its layers around it. */
export function withoutFrame(error: string): string {
  return error.replace(
    /^(failed to solve( with frontend [\w.]+)?: |failed to (build LLB|create LLB definition): |rpc error: code = \w+ desc = )+/,
    '',
  );
}
