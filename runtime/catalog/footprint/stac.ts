import { isObject } from '../../../seed-schema/json/types.ts';
import { boundingBox, readGeometry } from '../sidecar/index.ts';
import { dataTimes, type Finding } from './finding.ts';
import { between, spanOf } from './times.ts';

/**
 * What a STAC item says of one of its assets.
 * @param fileName of the file that it may describe
 * @returns undefined when it is no item, or its assets are other files
 */
export function readStac(document: unknown, fileName: string): Finding | undefined {
  if (!isObject(document) || typeof document.stac_version !== 'string' || document.type !== 'Feature')
    return undefined;
  const assets = isObject(document.assets) ? Object.values(document.assets) : [];
  const names = assets.map((asset) => (isObject(asset) ? nameOf(asset.href) : undefined));
  if (assets.length > 0 && !names.includes(fileName)) return undefined;
  const properties = isObject(document.properties) ? document.properties : {};
  const geometry = readGeometry(document.geometry ?? null);
  const start = spanOf(properties.start_datetime) ?? spanOf(properties.datetime);
  const end = spanOf(properties.end_datetime);
  const sensor = Array.isArray(properties.instruments) ? properties.instruments[0] : undefined;
  const known = ['datetime', 'start_datetime', 'end_datetime', 'instruments', 'platform'];
  return {
    from: 'stac',
    geometry,
    bbox: boundingBox(geometry, document.bbox),
    ...dataTimes(between(start, end)),
    ...text('sourceSensor', sensor),
    ...text('sourceCollection', document.collection),
    ...text('sourceSensorClass', properties.platform),
    metaData: {
      ...Object.fromEntries(Object.entries(properties).filter(([name]) => !known.includes(name))),
      ...(typeof document.id === 'string' && { stacItem: document.id }),
    },
  };
}

function nameOf(href: unknown): string | undefined {
  const last = typeof href === 'string' ? href.split(/[?#]/, 1)[0]!.split('/').at(-1) : undefined;
  try {
    return last && decodeURIComponent(last);
  } catch {
    return last;
  }
}

function text(name: string, value: unknown): Record<string, string> {
  return typeof value === 'string' && value !== '' ? { [name]: value.slice(0, 2000) } : {};
}
