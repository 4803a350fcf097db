import type { Queries } from '../database/index.ts';
import type { BoundingBox } from './metadata.ts';
import { type ScaleFile, scaleFileColumns, scaleFileTables } from './scale-file.ts';

/** What to look for; every member given must hold. */
export interface FileFilter {
  /** Files whose name contains this text, or matches it where it has `*` or `?`. Case does not matter. */
  readonly name?: string | undefined;
  /** Files whose data span overlaps [from, to]; ISO 8601 with offset. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Files whose area touches this box. A box with west > east crosses the antimeridian. */
  readonly box?: BoundingBox | undefined;
  /** Files with this data type tag. */
  readonly dataType?: string | undefined;
  /** Files with a smaller id: the cursor of the page before. */
  readonly before?: number | undefined;
}

export interface FilePage {
  /** All files that match, on whatever page. */
  readonly count: number;
  /** Cursor of the next page; null on the last one. */
  readonly next: number | null;
  readonly files: readonly ScaleFile[];
}

/** Current files, newest first. @param limit files on one page */
export async function searchFiles(db: Queries, filter: FileFilter, limit: number): Promise<FilePage> {
  const { where, values } = conditions(filter);
  const page = [...values, filter.before ?? null, limit + 1];
  const files = await db.query<ScaleFile>(
    `select ${scaleFileColumns} from ${scaleFileTables}
     where ${where} and ($${page.length - 1}::bigint is null or f.id < $${page.length - 1})
     order by f.id desc limit $${page.length}`,
    page,
  );
  const [total] = await db.query<{ count: number }>(
    `select count(*) as count from scale_file f where ${where}`,
    values,
  );
  const shown = files.slice(0, limit);
  return { count: total!.count, next: files.length > limit ? shown.at(-1)!.id : null, files: shown };
}

function conditions(filter: FileFilter): { where: string; values: unknown[] } {
  const parts = ['not f.is_superseded and not f.is_deleted'];
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  if (filter.name !== undefined) parts.push(`f.file_name ilike ${bind(likePattern(filter.name))}`);
  if (filter.from !== undefined || filter.to !== undefined)
    parts.push(
      `f.span && tstzrange(${bind(filter.from ?? null)}::timestamptz, ${bind(filter.to ?? null)}::timestamptz, '[]')`,
    );
  if (filter.box) {
    const boxes = searchBoxes(filter.box).map((text) => `f.bbox && ${bind(text)}::box`);
    parts.push(`(${boxes.join(' or ')})`);
  }
  if (filter.dataType !== undefined) parts.push(`f.data_type_tags @> array[${bind(filter.dataType)}]`);
  return { where: parts.join(' and '), values };
}

/** Stored boxes may reach beyond 180° east, so that a box is looked for in both windows. */
function searchBoxes({ west, south, east, north }: BoundingBox): string[] {
  const unrolled = east < west ? east + 360 : east;
  return [0, 360, -360].map((shift) => `((${unrolled + shift},${north}),(${west + shift},${south}))`);
}

function likePattern(name: string): string {
  const escaped = name.replace(/[\\%_]/g, '\\$&');
  return /[*?]/.test(name) ? escaped.replaceAll('*', '%').replaceAll('?', '_') : `%${escaped}%`;
}
