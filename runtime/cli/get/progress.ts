import type { WriteStream } from 'node:tty';
import colors from 'picocolors';
import { roughly, timeLeft } from '../batch/progress/eta.ts';
import { bytes } from '../format.ts';
import { safe } from '../progress/job-lines.ts';
import type { GotFile } from './fetch-files.ts';

const frameMs = 120;
const eraseLine = '\r\x1b[K';
const barWidth = 24;

/** What `seed get` shows while it works: on a terminal one live line with a bar, elsewhere the failures. */
export class GetProgress {
  readonly #out: WriteStream;
  readonly #isLive: boolean;
  readonly #isQuiet: boolean;
  #timer: NodeJS.Timeout | undefined;
  #files = { done: 0, total: 0 };
  #bytes: { done: number; total: number | undefined } = { done: 0, total: 0 };
  #since = 0;

  constructor(out: WriteStream, isQuiet: boolean) {
    this.#out = out;
    this.#isQuiet = isQuiet;
    this.#isLive = out.isTTY && !isQuiet;
  }

  /** @param files without them, how many there are is told by `expect` */
  begin(files?: readonly { readonly file_size: number }[]): void {
    this.#files.total = files?.length ?? 0;
    this.#bytes.total = files?.reduce((sum, { file_size: size }) => sum + size, 0);
    this.#since = performance.now();
    if (!this.#isLive) return;
    this.#timer = setInterval(() => this.#draw(), frameMs);
    this.#timer.unref();
  }

  /** So many more files. */
  expect(files: number): void {
    this.#files.total += files;
  }

  received(count: number): void {
    this.#bytes.done += count;
  }

  done({ status, path, reason }: GotFile): void {
    this.#files.done += 1;
    if (status !== 'failed' || this.#isQuiet) return;
    const line = safe(`${path}: ${reason}`.replace(/\s*[\r\n]\s*/g, ' '));
    this.#out.write(this.#isLive ? `${eraseLine}${colors.red('✘')} ${line}\n` : `${line}\n`);
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#isLive) this.#out.write(eraseLine);
  }

  #draw(): void {
    const room = Math.max(10, (this.#out.columns || 80) - 1);
    const text = standingText(this.#files, this.#bytes, performance.now() - this.#since);
    this.#out.write(eraseLine + [...text].slice(0, room).join(''));
  }
}

interface Standing {
  readonly done: number;
  readonly total: number;
}

/** `██████······ 3 of 12 files, 1.2 GiB of 4.0 GiB, about 2 min left`. @param size of an unknown total, files are what counts. Pure. */
export function standingText(
  files: Standing,
  size: { readonly done: number; readonly total: number | undefined },
  elapsedMs: number,
): string {
  const { done, total } = size.total === undefined ? files : { done: size.done, total: size.total };
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(share * barWidth);
  const left = timeLeft(done, Math.max(0, total - done), elapsedMs);
  const rest = left !== undefined && share < 1 ? `, about ${roughly(left)} left` : '';
  const sizes = size.total === undefined ? bytes(size.done) : `${bytes(size.done)} of ${bytes(size.total)}`;
  return `${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)} ${files.done.toLocaleString('en')} of ${files.total.toLocaleString('en')} files, ${sizes}${rest}`;
}
