import type { Geometry } from 'geojson';
import type { FileMetadata } from '../metadata.ts';
import { boundingBox } from '../sidecar/index.ts';
import type { Span } from './times.ts';

/** What one source says of a file: a part of `FileMetadata`. */
export type Finding = Partial<Omit<FileMetadata, 'geometry' | 'bbox'>> & {
  readonly geometry?: Geometry | null | undefined;
  readonly bbox?: FileMetadata['bbox'];
  /** What it comes from, for `meta_data.footprintFrom` when its geometry is taken. */
  readonly from: string;
};

/** A span as members of a finding; that UTC was assumed is said. */
export function dataTimes(span: Span | undefined): Partial<FileMetadata> {
  if (!span) return {};
  return { dataStarted: span.started, dataEnded: span.ended };
}

const single = ['sourceSensorClass', 'sourceSensor', 'sourceCollection', 'sourceTask'] as const;

/**
 * Several findings as one, the surest first: of each member the first that is known; a geometry and its box, and the two
 * ends of a span, are taken together.
 * @returns null when they say nothing at all
 */
export function combine(findings: readonly Finding[]): FileMetadata | null {
  const placed = findings.find(({ geometry, bbox }) => geometry ?? bbox);
  const dated = findings.find(({ dataStarted, dataEnded }) => dataStarted ?? dataEnded);
  const sourced = findings.find(({ sourceStarted, sourceEnded }) => sourceStarted ?? sourceEnded);
  const dataTypes = [...new Set(findings.flatMap((finding) => finding.dataTypes ?? []))];
  const metaData = Object.assign(
    {},
    ...findings.map((finding) => finding.metaData ?? {}).toReversed(),
  ) as Record<string, unknown>;
  const texts = Object.fromEntries(
    single.flatMap((name) => {
      const value = findings.find((finding) => finding[name] !== undefined)?.[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const empty = !placed && !dated && !sourced && dataTypes.length === 0 && Object.keys(texts).length === 0;
  if (empty && Object.keys(metaData).length === 0) return null;
  const geometry = placed?.geometry ?? null;
  return {
    geometry,
    bbox: placed?.bbox ?? (geometry && boundingBox(geometry)),
    ...(dated && { dataStarted: dated.dataStarted, dataEnded: dated.dataEnded }),
    ...(sourced && { sourceStarted: sourced.sourceStarted, sourceEnded: sourced.sourceEnded }),
    ...texts,
    ...(dataTypes.length > 0 && { dataTypes }),
    metaData: placed && placed.from !== 'metadata' ? { ...metaData, footprintFrom: placed.from } : metaData,
  };
}
