import type { FileMetadata } from '../metadata.ts';
import { JsonProblem } from './json-text.ts';
import { utcTime } from './utc-time.ts';

/** What the properties of one feature say, without its geometry. */
export type Described = Omit<FileMetadata, 'geometry' | 'bbox'>;

const texts = [
  'sourceSensorClass',
  'sourceSensor',
  'sourceCollection',
  'sourceTask',
  'newWorkspacePath',
] as const;
const times = ['dataStarted', 'dataEnded', 'sourceStarted', 'sourceEnded'] as const;
const known = new Set<string>([...texts, ...times, 'dataTypes']);

/**
 * The properties that have a meaning of their own (Scale's, and `dataTypes`), everything else as `metaData`. A
 * span of which only one end is given is that instant (as on Scale).
 * @param where the path of the properties, for messages
 * @throws JsonProblem
 */
export function readProperties(properties: Readonly<Record<string, unknown>>, where: string): Described {
  const text = (name: string): string | undefined => {
    const value = properties[name] ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw new JsonProblem(`${where}.${name} must be text`);
  };
  const span = (kind: 'data' | 'source') => {
    const [started, ended] = (['Started', 'Ended'] as const).map((end) => {
      const value = text(kind + end);
      return value === undefined ? undefined : utcTime(value, `${where}.${kind}${end}`);
    });
    if (started !== undefined && ended !== undefined && ended < started)
      throw new JsonProblem(`${where}.${kind}Ended (${ended}) is before ${kind}Started (${started})`);
    return { [`${kind}Started`]: started ?? ended, [`${kind}Ended`]: ended ?? started };
  };
  return {
    ...span('data'),
    ...span('source'),
    ...Object.fromEntries(texts.map((name) => [name, text(name)])),
    dataTypes: readDataTypes(properties.dataTypes, where),
    metaData: Object.fromEntries(Object.entries(properties).filter(([name]) => !known.has(name))),
  };
}

/** Bytes of a data type; the index over them takes little more. */
const longestTag = 2000;

function readDataTypes(value: unknown, where: string): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    const long = value.findIndex((tag) => Buffer.byteLength(tag) > longestTag);
    if (long < 0) return [...new Set(value)];
    throw new JsonProblem(`${where}.dataTypes[${long}] is longer than ${longestTag} bytes`);
  }
  throw new JsonProblem(`${where}.dataTypes must be an array of texts`);
}

/**
 * Several features as one: earliest start, latest end, the first of each source text, all data types, and the other
 * properties of each in `metaData.features`.
 */
export function merge(described: readonly Described[]): Described {
  if (described.length === 1) return described[0]!;
  const all = (name: (typeof times)[number] | (typeof texts)[number]) =>
    described.map((one) => one[name]).filter((value) => value !== undefined);
  const dataTypes = described.flatMap((one) => one.dataTypes ?? []);
  return {
    dataStarted: all('dataStarted').toSorted()[0],
    dataEnded: all('dataEnded').toSorted().at(-1),
    sourceStarted: all('sourceStarted').toSorted()[0],
    sourceEnded: all('sourceEnded').toSorted().at(-1),
    ...Object.fromEntries(texts.map((name) => [name, all(name)[0]])),
    dataTypes: described.some((one) => one.dataTypes) ? [...new Set(dataTypes)] : undefined,
    metaData: described.length === 0 ? {} : { features: described.map(({ metaData }) => metaData) },
  };
}
