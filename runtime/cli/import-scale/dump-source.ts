import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { pageRows, type ScaleRow, type ScaleSource, scaleTables } from './source.ts';

interface Block {
  /** Of its first row, in bytes. */
  readonly start: number;
  readonly columns: readonly string[];
}

/**
 * A dump that pg_dump made: plain SQL with COPY, which is read as it is; or one of its other formats, which pg_restore turns
 * into that.
 * @throws import-source-unusable
 */
export async function openDumpSource(file: string): Promise<ScaleSource> {
  const unusable = (reason: string) => new SeedbedError('import-source-unusable', { source: file, reason });
  let directory: string | undefined;
  const close = async () => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    let plain = file;
    if (await isArchive(file)) {
      directory = await mkdtemp(path.join(tmpdir(), 'seedbed-import-'));
      plain = path.join(directory, 'dump.sql');
      await restore(file, plain);
    }
    const blocks = await blocksOf(plain);
    const lacking = scaleTables.filter((table) => !blocks.has(table));
    if (lacking.length > 0) throw unusable(`it has no COPY of ${lacking.join(', ')}`);
    return { name: path.basename(file), pages: (table) => pagesOf(plain, blocks.get(table)!), close };
  } catch (thrown) {
    await close();
    throw thrown instanceof SeedbedError ? thrown : unusable(reasonOf(thrown));
  }
}

async function isArchive(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const found = await handle.stat();
    if (found.isDirectory()) return true;
    const { buffer } = await handle.read(Buffer.alloc(262), 0, 262, 0);
    return buffer.toString('latin1', 0, 5) === 'PGDMP' || buffer.toString('latin1', 257) === 'ustar';
  } finally {
    await handle.close();
  }
}

async function restore(file: string, plain: string): Promise<void> {
  const tables = scaleTables.flatMap((table) => ['-t', table]);
  const child = spawn('pg_restore', ['--data-only', ...tables, '-f', plain, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said = `${said}${String(text)}`.slice(-1000)));
  const [code] = (await once(child, 'close').catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT'))
      throw new Error(
        'reading this format takes pg_restore, which is not here; `pg_dump --format plain` needs nothing',
      );
    throw thrown;
  })) as [number];
  if (code !== 0) throw new Error(`pg_restore failed: ${said.trim()}`);
}

/** Where the rows of each table are. @throws Error where a table's rows have no end, or one has too few fields or too many */
async function blocksOf(file: string): Promise<Map<string, Block>> {
  const blocks = new Map<string, Block>();
  let table: string | undefined;
  let fields: number | undefined;
  for await (const { text, next } of lines(file, 0)) {
    if (table !== undefined) {
      if (text === '\\.') table = undefined;
      else if (fields !== undefined && fieldsIn(text) !== fields)
        throw new Error(
          `a row of ${table} has ${fieldsIn(text)} fields in place of ${fields}; is the dump whole?`,
        );
      continue;
    }
    const heading = /^COPY (?:"?\w+"?\.)?"?(\w+)"? \((.*)\) FROM stdin;$/.exec(text);
    if (!heading) continue;
    table = heading[1]!;
    const columns = heading[2]!.split(', ').map((name) => name.replace(/^"(.*)"$/, '$1'));
    fields = scaleTables.some((ours) => ours === table) ? columns.length : undefined;
    blocks.set(table, { start: next, columns });
  }
  if (table !== undefined) throw new Error(`it ends within the rows of ${table}: the dump is not whole`);
  return blocks;
}

/** Tabs in a value are written as `\t`. */
function fieldsIn(row: string): number {
  let count = 1;
  for (let at = row.indexOf('\t'); at >= 0; at = row.indexOf('\t', at + 1)) count++;
  return count;
}

async function* pagesOf(file: string, { start, columns }: Block): AsyncGenerator<ScaleRow[]> {
  let page: ScaleRow[] = [];
  for await (const { text } of lines(file, start)) {
    if (text === '\\.') break;
    const values = text.split('\t').map(valueOf);
    page.push(Object.fromEntries(columns.map((name, at) => [name, values[at] ?? null])));
    if (page.length < pageRows) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function valueOf(field: string): string | null {
  if (field === '\\N') return null;
  return field.includes('\\') ? field.replace(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign) : field;
}

/** Lines as COPY has them, which end in a newline and nothing else. `next` is the byte behind the line. */
async function* lines(file: string, start: number): AsyncGenerator<{ text: string; next: number }> {
  let rest: Buffer[] = [];
  let next = start;
  for await (const chunk of createReadStream(file, {
    start,
    highWaterMark: 2 ** 20,
  }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
      next += line.length + 1;
      yield { text: line.toString(), next };
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { text: Buffer.concat(rest).toString(), next };
}
