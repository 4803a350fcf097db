import { readdir, stat } from 'node:fs/promises';
import { isErrno } from '../errors/index.ts';
import { indexFile, segmentOf, textFile } from './files.ts';
import { openIfThere, readAt } from './handles.ts';
import { decodeHeader, type Header, headerBytes } from './index-format.ts';
import { streams } from './position.ts';

/** A part of a log with files of its own. One writer makes it, and no other adds to it. */
export interface Segment {
  readonly number: number;
  readonly header: Header;
}

/** What there is of a log. */
export interface Segments {
  /** In the order in which they were made. */
  readonly list: readonly Segment[];
  /** The first number that nobody has used. */
  readonly next: number;
}

/** The segments of a log; none when there is no log. One that is being made, or never was whole, is left out. */
export async function listSegments(directory: string): Promise<Segments> {
  const numbers = (await namesIn(directory)).map(segmentOf).filter((number) => number !== undefined);
  numbers.sort((one, other) => one - other);
  const list: Segment[] = [];
  for (const number of numbers) {
    const header = await headerOf(directory, number);
    if (header) list.push({ number, header });
  }
  return { list, next: (numbers.at(-1) ?? -1) + 1 };
}

/** Bytes that its files take. */
export async function sizeOf(directory: string, number: number): Promise<number> {
  const files = [
    indexFile(directory, number),
    ...streams.map((stream) => textFile(directory, number, stream)),
  ];
  const sizes = await Promise.all(files.map(fileSize));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @returns 0 when it is not there */
export async function fileSize(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return 0;
    throw thrown;
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return [];
    throw thrown;
  }
}

async function headerOf(directory: string, number: number): Promise<Header | undefined> {
  const index = await openIfThere(indexFile(directory, number));
  if (!index) return undefined;
  try {
    return decodeHeader(await readAt(index, 0, headerBytes));
  } finally {
    await index.close();
  }
}
