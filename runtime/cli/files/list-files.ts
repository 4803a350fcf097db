import { instant, type FilesPageDocument } from '../../../seed-schema/index.ts';
import {
  type BoundingBox,
  type FileFilter,
  localWorkspace,
  type ScaleFile,
  searchFiles,
} from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { bytes } from '../format.ts';
import { write } from '../progress/writer.ts';
import { fileDocument } from '../run/document.ts';
import { described, shownName } from '../run/summary.ts';
import type { FilesOptions } from './options.ts';

/** `seed files`. @returns 0 */
export async function listFiles(options: FilesOptions): Promise<0> {
  const filter = readFilter(options);
  const limit = wholeNumber('--limit', options.limit, 1000);
  const db = await connect(readConfig());
  try {
    const page = await searchFiles(db, filter, limit);
    const workspace = await localWorkspace(db);
    const document: FilesPageDocument = {
      count: page.count,
      next: page.next === null ? null : `${page.next}`,
      results: page.files.map((file) => fileDocument(workspace, file)),
    };
    await write(
      process.stdout,
      options.format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : asText(document, page.files),
    );
    return 0;
  } finally {
    await db.close();
  }
}

function readFilter(options: FilesOptions): FileFilter {
  const [from, to] = [time('--from', options.from), time('--to', options.to)];
  if (from !== undefined && to !== undefined && Date.parse(from) > Date.parse(to))
    throw new SeedbedError('invalid-usage', { problem: `--from ${from} is after --to ${to}` });
  return {
    name: options.name,
    from,
    to,
    box: options.bbox === undefined ? undefined : box(options.bbox),
    dataType: options.dataType,
    before:
      options.after === undefined
        ? undefined
        : wholeNumber('--after', options.after, Number.MAX_SAFE_INTEGER),
  };
}

function time(option: string, text: string | undefined): string | undefined {
  if (text === undefined || instant(text) !== undefined) return text;
  throw new SeedbedError('invalid-usage', {
    problem: `${option} takes a time with an offset, such as 2019-10-14T00:00:00Z, not ${JSON.stringify(text)}`,
  });
}

function box(text: string): BoundingBox {
  const [west, south, east, north, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const numbers = [west, south, east, north];
  if (more.length > 0 || !numbers.every(Number.isFinite) || south! > north!)
    throw new SeedbedError('invalid-usage', {
      problem: `--bbox takes WEST,SOUTH,EAST,NORTH in degrees with south below north, not ${JSON.stringify(text)}`,
    });
  return { west: west!, south: south!, east: east!, north: north! };
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new SeedbedError('invalid-usage', {
    problem: `${option} takes a whole number from 1 to ${most}, not "${text}"`,
  });
}

function asText(page: FilesPageDocument, files: readonly ScaleFile[]): string {
  if (page.results.length === 0) return 'No file matches.\n';
  const rows = page.results.flatMap((file, index) => {
    const { file_type, data_type_tags } = files[index]!;
    const facts = [`${file.id}`, file_type, bytes(file.file_size), file.media_type, ...data_type_tags];
    return [
      `${shownName(file.file_name)}  (${facts.join(', ')})`,
      `    path  ${shownName(file.path)}`,
      ...described(file),
    ];
  });
  const end = page.next === null ? '' : `; the next page: --after ${page.next}`;
  return [...rows, `${page.results.length} of ${page.count} files${end}`, ''].join('\n');
}
