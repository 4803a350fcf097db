import type { Writable } from 'node:stream';
import type { LogChunk } from '../../engine/index.ts';
import type { StepName } from '../../execution/index.ts';
import { duration } from '../format.ts';
import { JobLines } from './job-lines.ts';
import { type Progress, stepTitles } from './progress.ts';
import { write } from './writer.ts';

/** One line for each thing that happens, for logs and pipes. The job's lines are marked by the stream they came on. */
export class PlainProgress implements Progress {
  readonly #lines = { stdout: new JobLines(), stderr: new JobLines() };
  readonly #out: Writable;

  constructor(out: Writable) {
    this.#out = out;
  }

  step(name: StepName, ms: number | undefined): void {
    if (ms !== undefined) this.#out.write(`${stepTitles[name]}: ${duration(ms)}\n`);
    else if (name === 'run') this.#out.write(`${stepTitles[name]} ...\n`);
  }

  detail(): void {
    return;
  }

  log({ stream, data }: LogChunk): Promise<void> {
    return this.#show(stream, this.#lines[stream].push(data));
  }

  async close(): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) await this.#show(stream, this.#lines[stream].end());
  }

  #show(stream: LogChunk['stream'], lines: readonly string[]): Promise<void> {
    const mark = stream === 'stdout' ? 'out | ' : 'err | ';
    return write(this.#out, lines.map((line) => `${mark}${line}\n`).join(''));
  }
}
