import type { WriteStream } from 'node:tty';
import { roughly, timeLeft } from '../batch/progress/eta.ts';
import { safe } from '../progress/job-lines.ts';
import { write } from '../progress/writer.ts';
import type { Outcome } from './send/outcome.ts';

const frameMs = 120;
const eraseLine = '\r\x1b[K';
const barWidth = 24;
/** Off a terminal, a line for so many tasks. */
const tasksPerLine = 10_000;

export interface ReportOptions {
  /** JSON documents in place of text. */
  readonly logJson?: boolean;
  /** What failed only. */
  readonly quiet?: boolean;
}

/** Tells what becomes of tasks: a line for each on standard output, how far it is on standard error. */
export class Report {
  readonly counts = { created: 0, there: 0, differs: 0, failed: 0, ready: 0 };
  readonly #options: ReportOptions;
  readonly #out: WriteStream = process.stderr;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #since = performance.now();
  #total = 0;
  #judged = 0;
  #told = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
    if (!this.#out.isTTY || options.quiet) return;
    this.#timer = setInterval(() => this.#draw(), frameMs);
    this.#timer.unref();
  }

  get done(): number {
    const { created, there, failed, ready } = this.counts;
    return created + there + failed + ready;
  }

  /** @param tasks that have been judged by now, before any is sent */
  judges(tasks: number): void {
    this.#judged = tasks;
  }

  /** @param tasks how many there are in all */
  begin(tasks: number): void {
    this.#total = tasks;
  }

  async tell(outcomes: readonly Outcome[]): Promise<void> {
    const { logJson, quiet } = this.#options;
    let text = '';
    for (const outcome of outcomes) {
      this.counts[outcome.kind]++;
      if (outcome.samePayload === false) this.counts.differs++;
      if (quiet && outcome.kind !== 'failed') continue;
      text += `${logJson ? JSON.stringify(documentOf(outcome)) : lineOf(outcome)}\n`;
    }
    if (this.#timer && text !== '') this.#out.write(eraseLine);
    await write(process.stdout, text);
    if (!logJson)
      for (const line of outcomes.flatMap(warningsOf))
        this.#out.write(`${this.#timer ? eraseLine : ''}${line}\n`);
    this.#advance();
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#timer) this.#out.write(eraseLine);
  }

  #advance(): void {
    if (this.#timer || this.#options.quiet) return;
    const lines = Math.floor(this.done / tasksPerLine);
    if (lines === this.#told) return;
    this.#told = lines;
    this.#out.write(`${standing(this.done, this.#total, this.counts.failed, undefined)}\n`);
  }

  #draw(): void {
    if (this.#total === 0) {
      if (this.#judged > 0) this.#out.write(`${eraseLine}${this.#judged.toLocaleString('en')} tasks judged`);
      return;
    }
    const left = timeLeft(this.done, this.#total - this.done, performance.now() - this.#since);
    const room = Math.max(10, (this.#out.columns || 80) - 1);
    const text = standing(this.done, this.#total, this.counts.failed, left);
    this.#out.write(eraseLine + [...text].slice(0, room).join(''));
  }
}

/** `██████······ 1,200 of 5,000 tasks, 3 failed, about 2 min left`. Pure. */
export function standing(done: number, total: number, failed: number, left: number | undefined): string {
  const filled = total === 0 ? 0 : Math.floor((done / total) * barWidth);
  const bar = `${'█'.repeat(filled)}${'·'.repeat(barWidth - filled)}`;
  const counts = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} tasks`;
  const rest = left !== undefined && done < total ? `, about ${roughly(left)} left` : '';
  return `${bar} ${counts}${failed > 0 ? `, ${failed.toLocaleString('en')} failed` : ''}${rest}`;
}

/** `✅ tasks.csv:2 scene-17: task 4711`. Pure. */
export function lineOf({ kind, where, uniqueId, taskId, samePayload, error, column }: Outcome): string {
  const name = safe(`${where}${uniqueId === undefined ? '' : ` ${uniqueId}`}`);
  if (kind === 'failed') {
    const place = column && !error!.sentence.includes(column) ? `${column}: ` : '';
    return `❌ ${name}: ${safe(`${place}${error!.sentence}`.replace(/\s*[\r\n]\s*/g, ' '))} (${error!.code})`;
  }
  const task = taskId === undefined ? '' : `: task ${taskId}`;
  if (kind === 'ready') return `✅ ${name}`;
  if (kind === 'created') return `✅ ${name}${task}`;
  return `✅ ${name}${task}, there already${samePayload === false ? ', with another payload' : ''}`;
}

/** For `--log-json`. Pure. */
export function documentOf(outcome: Outcome): object {
  const { number, where, uniqueId, kind, taskId, samePayload, error, column, warnings = [] } = outcome;
  return {
    row: number,
    where,
    unique_id: uniqueId ?? null,
    status: kind === 'there' ? 'exists' : kind,
    task_id: taskId ?? null,
    ...(kind === 'there' && { same_payload: samePayload ?? null }),
    ...(error && {
      error: { name: error.error, code: error.code, message: error.sentence },
      column: column ?? null,
    }),
    ...(warnings.length > 0 && { warnings }),
  };
}

function warningsOf({ where, uniqueId, samePayload, taskId, warnings = [] }: Outcome): string[] {
  const differs = `warning: ${where}: ${uniqueId} is there as task ${taskId} with another payload, which stays`;
  return [
    ...(samePayload === false ? [differs] : []),
    ...warnings.map(({ name, description }) => `warning ${name}: ${where}: ${description}`),
  ].map((line) => safe(line));
}

/** `3 tasks: 2 created, 1 there already`. Pure. */
export function sumOf({ created, there, differs, failed, ready }: Report['counts']): string {
  const count = (number: number) => number.toLocaleString('en');
  const all = created + there + failed + ready;
  const parts = [
    ...(created > 0 ? [`${count(created)} created`] : []),
    ...(there > 0 ? [`${count(there)} there already`] : []),
    ...(differs > 0 ? [`${count(differs)} of them with another payload`] : []),
    ...(ready > 0 ? [`${count(ready)} can be sent`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
  ];
  return `${count(all)} ${all === 1 ? 'task' : 'tasks'}: ${parts.join(', ') || 'none'}`;
}
