import type { Finding } from './finding.ts';
import { dataTimes } from './finding.ts';
import type { FileReader } from './reader.ts';
import { type Span, spanOf } from './times.ts';

/** Tags that are read; others are skipped unread. */
const wanted = [
  'Make',
  'Model',
  'DateTimeOriginal',
  'OffsetTimeOriginal',
  'OffsetTime',
  'SubSecTimeOriginal',
  'GPSLatitude',
  'GPSLatitudeRef',
  'GPSLongitude',
  'GPSLongitudeRef',
  'GPSDateStamp',
  'GPSTimeStamp',
];

type Tags = Readonly<Record<string, unknown>>;

/** Where and when a photograph was taken, and with which camera, by its EXIF. @returns undefined when it has none */
export async function readExif(file: FileReader): Promise<Finding | undefined> {
  const { default: exifr } = await import('exifr');
  const options = {
    pick: wanted,
    gps: true,
    reviveValues: false,
    translateValues: false,
    xmp: false,
    icc: false,
    iptc: false,
  };
  const tags = (await exifr.parse(await file.head(), options)) as Tags | undefined;
  if (!tags) return undefined;
  const point = position(tags);
  const span = takenAt(tags);
  const camera = plain(tags.Model);
  const make = plain(tags.Make);
  const local = plain(tags.DateTimeOriginal);
  return {
    from: 'exif',
    geometry: point && { type: 'Point', coordinates: point },
    ...dataTimes(span),
    ...(camera !== undefined && { sourceSensorClass: 'camera', sourceSensor: camera }),
    metaData: {
      ...(make !== undefined && { cameraMake: make }),
      ...(local !== undefined && { localTime: local }),
    },
  };
}

function position({ latitude, longitude }: Tags): [number, number] | undefined {
  const isPlace =
    Number.isFinite(latitude) &&
    Number.isFinite(longitude) &&
    Math.abs(latitude as number) <= 90 &&
    Math.abs(longitude as number) <= 180;
  return isPlace ? [round(longitude as number), round(latitude as number)] : undefined;
}

/** By the clock of the GPS, else the camera's where that names its offset: a camera's clock alone is a time of nowhere. */
function takenAt(tags: Tags): Span | undefined {
  const gps = Array.isArray(tags.GPSTimeStamp) ? (tags.GPSTimeStamp as unknown[]).map(Number) : [];
  const [hour, minute, second] = gps;
  if (gps.length === 3 && gps.every(Number.isFinite)) {
    const clock = [hour!, minute!].map((part) => String(part).padStart(2, '0')).join(':');
    const found = spanOf(`${plain(tags.GPSDateStamp)} ${clock}:${second!.toFixed(3).padStart(6, '0')}Z`);
    if (found) return found;
  }
  const fraction = /^\d+$/.exec(plain(tags.SubSecTimeOriginal) ?? '')?.[0];
  const original = plain(tags.DateTimeOriginal);
  const offset = plain(tags.OffsetTimeOriginal) ?? plain(tags.OffsetTime);
  if (original !== undefined && offset !== undefined)
    return spanOf(`${original}${fraction ? `.${fraction}` : ''}${offset}`);
  return undefined;
}

function plain(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.replace(/[\0-\x1f]+/g, ' ').trim() : '';
  return text === '' || text.length > 250 ? undefined : text;
}

/** A centimetre. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
