import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogPiece, LogStoreOptions, LogWriter, Selection } from '../../runtime/logs/index.ts';
import { createLogStore, type LogStore } from '../../runtime/logs/index.ts';

export interface Chunk {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}

/** Deterministic numbers in [0, 1): mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The output of a job that is the same each time: lines of both streams, some of which come in parts. */
export function outputOf(seed: number, count: number, longest = 200): Chunk[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, at) => {
    const stream = random() < 0.7 ? 'stdout' : 'stderr';
    const text = `${stream} ${at} ${'abcdefghij'.repeat(longest / 10).slice(0, 1 + random() * longest)}`;
    return { stream, data: Buffer.from(random() < 0.8 ? `${text}\n` : text) };
  });
}

/** The whole of one stream, or of both in their order. */
export function textOf(chunks: readonly Chunk[], selection: Selection): string {
  const chosen = chunks.filter(({ stream }) => selection === 'combined' || stream === selection);
  return Buffer.concat(chosen.map(({ data }) => data)).toString('latin1');
}

export async function writeAll(writer: LogWriter, chunks: Iterable<Chunk>): Promise<void> {
  for (const chunk of chunks) await writer.write(chunk);
  await writer.end();
}

export async function piecesOf(pieces: AsyncIterable<LogPiece>): Promise<LogPiece[]> {
  const read: LogPiece[] = [];
  for await (const piece of pieces) read.push(piece);
  return read;
}

/** The text of a log, markers included. */
export async function readText(pieces: AsyncIterable<LogPiece>): Promise<string> {
  return Buffer.concat((await piecesOf(pieces)).map(({ data }) => data)).toString('latin1');
}

/** What pieces say, with the bytes that were dropped filled in from the whole: the same text when nothing is wrong. */
export function filledIn(pieces: readonly LogPiece[], whole: string, from = 0): string {
  let at = from;
  let text = whole.slice(0, from);
  for (const { offset, next, data, dropped } of pieces) {
    if (offset !== at || (dropped > 0 && dropped !== next - offset))
      return `${text} [a piece at ${offset}, not ${at}]`;
    text += dropped > 0 ? whole.slice(offset, next) : data.toString('latin1');
    at = next;
  }
  return text;
}

export interface TestStore {
  readonly directory: string;
  /** The store, or the same with other options. */
  store(options?: Partial<LogStoreOptions>): LogStore;
  remove(): Promise<void>;
}

/** A store whose followers wait for the file system's word only, unless they are told otherwise. */
export async function testStore(): Promise<TestStore> {
  const root = await mkdtemp(path.join(tmpdir(), 'seedbed-test-logs-'));
  const directory = path.join(root, 'logs', 'installation');
  return {
    directory,
    store: (options = {}) =>
      createLogStore({ directory, capMiB: 64, retentionSeconds: 3600, pollMs: 2 ** 31 - 1, ...options }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
