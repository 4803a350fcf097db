import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BatchRunner, EndedRow, RowOutcome, RowTask } from '../../runtime/cli/batch/runner.ts';
import { rowError } from './batch.ts';

/**
 * Runs rows without any engine, as the interface has it: the first file of a row is copied into its directory. A file that
 * holds `fail` fails, one that holds `break` fails by the machine's fault, and one that holds `nothing` leaves nothing.
 */
export class CopyingRunner implements BatchRunner {
  /** Ids of the rows that it ran, in the order in which they were given. */
  readonly ran: string[] = [];
  readonly #room: number;
  readonly #waiting: RowTask[] = [];
  readonly #ended: EndedRow[] = [];
  #running = 0;
  #given = 0;
  #told = 0;
  #isFinished = false;
  #signal: string | undefined;
  #wake: (() => void)[] = [];

  /** @param room rows at once @param dieAfter ends that are told; then it is at its end */
  constructor(
    room = 3,
    private readonly dieAfter = Infinity,
  ) {
    this.#room = room;
  }

  async submit(task: RowTask): Promise<void> {
    this.#given++;
    this.#waiting.push(task);
    this.#start();
    while (this.#waiting.length > this.#room && this.#signal === undefined) await this.#changed();
  }

  finish(): void {
    this.#isFinished = true;
    this.#change();
  }

  cancel(signal: string): void {
    this.#signal = signal;
    this.#start();
    this.#change();
  }

  async close(): Promise<void> {
    this.cancel('close');
  }

  get ended(): AsyncIterable<EndedRow> {
    return this.#ends();
  }

  async *#ends(): AsyncGenerator<EndedRow> {
    for (;;) {
      if (this.#told >= this.dieAfter) throw new Error('the runner is at its end');
      const ended = this.#ended.shift();
      if (ended) {
        this.#told++;
        yield ended;
      } else if (this.#isFinished && this.#told === this.#given) return;
      else await this.#changed();
    }
  }

  #start(): void {
    while (this.#waiting.length > 0 && (this.#running < this.#room || this.#signal !== undefined)) {
      const task = this.#waiting.shift()!;
      this.#running++;
      void this.#run(task).then((outcome) => {
        this.#running--;
        this.#ended.push({ task, outcome });
        this.#start();
        this.#change();
      });
    }
  }

  async #run(task: RowTask): Promise<RowOutcome> {
    if (this.#signal !== undefined) return outcome('failed', rowError('job', 'canceled'));
    this.ran.push(task.id);
    for (const left of await readdir(task.directory))
      await rm(path.join(task.directory, left), { recursive: true });
    const source = [...task.row.files.values()].flat()[0]!.path;
    const content = await readFile(source, 'utf8');
    if (content.includes('nothing')) return outcome('completed', null);
    await copyFile(source, path.join(task.directory, 'copy'));
    if (content.includes('fail')) return outcome('failed', rowError('job'));
    if (content.includes('break')) return outcome('failed', rowError('system', 'engine-error'));
    await writeFile(path.join(task.directory, 'done'), task.id);
    return outcome('completed', null);
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #change(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const one of wake) one();
  }
}

function outcome(status: RowOutcome['status'], error: RowOutcome['error']): RowOutcome {
  return {
    status,
    exit_code: status === 'completed' ? 0 : 1,
    error,
    inputs: { files: {}, json: {} },
    outputs: { files: {}, json: {} },
    logs: { stdout: null, stderr: null },
    warnings: [],
    job: null,
    started: '2026-11-22T05:10:56.448Z',
    ended: '2026-11-22T05:10:58.803Z',
  };
}
