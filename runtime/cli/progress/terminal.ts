import type { WriteStream } from 'node:tty';
import colors from 'picocolors';
import type { LogChunk, Usage } from '../../engine/index.ts';
import type { StepName } from '../../execution/index.ts';
import { bytes, duration } from '../format.ts';
import { JobLines, safe } from './job-lines.ts';
import { type Progress, stepTitles } from './progress.ts';
import { write } from './writer.ts';

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const frameMs = 120;
const eraseLine = '\r\x1b[K';

/**
 * Steps that are done scroll by as lines, the job's output below them, and one live line at the bottom says what runs:
 * for how long, with how much memory and CPU. The live line is all that is ever erased, so that an end at any moment
 * leaves a clean terminal.
 */
export class TerminalProgress implements Progress {
  readonly #out: WriteStream;
  readonly #lines = { stdout: new JobLines(), stderr: new JobLines() };
  readonly #timer: NodeJS.Timeout;
  #running: { name: StepName; since: number } | undefined;
  #detail = '';
  #usage: Usage | undefined;
  #frame = 0;

  constructor(out: WriteStream) {
    this.#out = out;
    this.#timer = setInterval(() => this.#draw(), frameMs);
    this.#timer.unref();
  }

  step(name: StepName, ms: number | undefined): void {
    this.#detail = '';
    this.#usage = undefined;
    if (ms === undefined) {
      this.#running = { name, since: performance.now() };
      this.#draw();
    } else {
      this.#running = undefined;
      this.#out.write(`${eraseLine}${colors.green('✔')} ${stepTitles[name]} ${colors.dim(duration(ms))}\n`);
    }
  }

  detail(line: string): void {
    this.#detail = safe(line.split('\n').at(-1)!);
  }

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  log({ stream, data }: LogChunk): Promise<void> {
    return this.#show(stream, this.#lines[stream].push(data));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#running = undefined;
    this.#out.write(eraseLine);
    for (const stream of ['stdout', 'stderr'] as const) await this.#show(stream, this.#lines[stream].end());
  }

  async #show(stream: LogChunk['stream'], lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const bar = stream === 'stdout' ? colors.dim('│') : colors.yellow('┃');
    await write(this.#out, eraseLine + lines.map((line) => `  ${bar} ${line}\n`).join('') + this.#liveLine());
  }

  #draw(): void {
    this.#frame = (this.#frame + 1) % frames.length;
    this.#out.write(eraseLine + this.#liveLine());
  }

  #liveLine(): string {
    if (!this.#running) return '';
    const { name, since } = this.#running;
    const parts = [stepTitles[name], duration(performance.now() - since)];
    if (this.#usage) parts.push(bytes(this.#usage.memoryBytes), `${this.#usage.cpus.toFixed(2)} CPU`);
    if (this.#detail) parts.push(this.#detail);
    const room = Math.max(10, (this.#out.columns || 80) - 3);
    return `${colors.cyan(frames[this.#frame]!)} ${[...parts.join('  ')].slice(0, room).join('')}`;
  }
}
