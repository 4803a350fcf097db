import { isObject } from '../../../seed-schema/json/types.ts';
import { type Finding, dataTimes } from './finding.ts';
import { areaOf } from './outline.ts';
import { spanOf } from './times.ts';

/** Members of an MTL by name, whatever group they stand in. */
type Members = ReadonlyMap<string, string>;

/** Scene of a Landsat product by the name of one of its files: `LC08_L1TP_..._T1_B4.TIF` → `LC08_L1TP_..._T1`. */
export function sceneOf(stem: string): string | undefined {
  return (
    /^L[A-Z]\d\d_[A-Z0-9]{4}_\d{6}_\d{8}_\d{8}_\d\d_[A-Z0-9]{2}(?=_|$)/i.exec(stem)?.[0] ??
    /^L[A-Z]\d{14}[A-Z]{3}\d\d(?=_|$)/i.exec(stem)?.[0]
  );
}

/** What Landsat's metadata file says of a scene. @param document text of `_MTL.txt`, or parsed `_MTL.json` */
export function readMtl(document: unknown): Finding | undefined {
  const members = typeof document === 'string' ? ofText(document) : ofObject(document, new Map());
  const number = (name: string) => Number(members.get(name) ?? NaN);
  const corners = ['UL', 'LL', 'LR', 'UR'].map(
    (corner) => [number(`CORNER_${corner}_LON_PRODUCT`), number(`CORNER_${corner}_LAT_PRODUCT`)] as const,
  );
  const day = members.get('DATE_ACQUIRED');
  const clock = members.get('SCENE_CENTER_TIME');
  const spacecraft = members.get('SPACECRAFT_ID');
  if (!spacecraft && !day) return undefined;
  const isPlaced = corners.flat().every(Number.isFinite);
  const first = corners[0]![0];
  const ring = corners.map(([x, y]) => [x - 360 * Math.round((x - first) / 360), y] as const);
  const cloud = number('CLOUD_COVER');
  const sensor = members.get('SENSOR_ID');
  return {
    from: 'landsat-mtl',
    geometry: isPlaced ? areaOf(ring) : undefined,
    // Landsat's times are UTC by definition.
    ...dataTimes(spanOf(clock === undefined ? day : `${day} ${clock.replace(/Z$/i, '')}Z`)),
    ...(sensor !== undefined && { sourceSensorClass: 'optical', sourceSensor: sensor }),
    ...(spacecraft !== undefined && { sourceCollection: spacecraft }),
    metaData: {
      ...(members.has('LANDSAT_PRODUCT_ID') && { landsatProduct: members.get('LANDSAT_PRODUCT_ID') }),
      ...(Number.isFinite(cloud) && cloud >= 0 && { cloudCover: cloud }),
    },
  };
}

function ofText(text: string): Members {
  const members = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const found = /^\s*([A-Z0-9_]+)\s*=\s*"?([^"]*?)"?\s*$/.exec(line.slice(0, 1000));
    if (found && !members.has(found[1]!)) members.set(found[1]!, found[2]!);
  }
  return members;
}

function ofObject(value: unknown, members: Map<string, string>): Members {
  if (!isObject(value)) return members;
  for (const [name, member] of Object.entries(value)) {
    if (isObject(member)) ofObject(member, members);
    else if (!members.has(name)) members.set(name, String(member));
  }
  return members;
}
