import { crc32 } from 'node:zlib';
import type { LineCounts } from './line-count.ts';
import type { Position, Stream } from './position.ts';

/**
 * The index of a segment: a header of 64 bytes, then records of 32, each in the order of arrival. A record says how far
 * both streams are after it, so that any of them can be searched by halves. What was torn or never written fails its
 * checksum.
 */
export const headerBytes = 64;
export const recordBytes = 32;

/** Where a segment begins. */
export interface Header {
  /** Of the beginning of the log, which is always kept, or of its newest part. */
  readonly part: 'head' | 'tail';
  /** When it began, milliseconds since 1970. */
  readonly time: number;
  readonly from: Position;
  /** What came before it. */
  readonly lines: LineCounts;
}

/** Bytes of one stream that came at once; or the end of the log. */
export interface IndexRecord {
  readonly kind: Stream | 'end';
  /** When it came, milliseconds since 1970. */
  readonly time: number;
  /** How far the streams are after it. */
  readonly to: Position;
}

const kinds = { stdout: 1, stderr: 2, end: 3, head: 4, tail: 5 } as const;

export function encodeHeader({ part, time, from, lines: { stdout, stderr } }: Header): Buffer {
  const numbers = [time, from.stdout, from.stderr, stdout.lines, stdout.rest, stderr.lines, stderr.rest];
  return encode(kinds[part], numbers);
}

/** @returns undefined when it is not whole */
export function decodeHeader(bytes: Buffer): Header | undefined {
  const [kind, numbers] = decode(bytes, headerBytes);
  if (kind !== kinds.head && kind !== kinds.tail) return undefined;
  const [time = 0, out = 0, err = 0, outLines = 0, outRest = 0, errLines = 0, errRest = 0] = numbers;
  return {
    part: kind === kinds.head ? 'head' : 'tail',
    time,
    from: { stdout: out, stderr: err },
    lines: { stdout: { lines: outLines, rest: outRest }, stderr: { lines: errLines, rest: errRest } },
  };
}

export function encodeRecord({ kind, time, to }: IndexRecord): Buffer {
  return encode(kinds[kind], [time, to.stdout, to.stderr]);
}

/** @returns undefined when it is not whole */
export function decodeRecord(bytes: Buffer): IndexRecord | undefined {
  const [kind, [time = 0, stdout = 0, stderr = 0]] = decode(bytes, recordBytes);
  const name = (['stdout', 'stderr', 'end'] as const).find((candidate) => kinds[candidate] === kind);
  if (!name) return undefined;
  return { kind: name, time, to: { stdout, stderr } };
}

/** Kind, numbers, checksum. */
function encode(kind: number, numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 + numbers.length * 8);
  bytes.writeUInt32LE(kind, 0);
  numbers.forEach((number, at) => bytes.writeDoubleLE(number, 4 + at * 8));
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

function decode(bytes: Buffer, length: number): [kind: number, numbers: number[]] {
  if (bytes.length < length) return [0, []];
  const whole = bytes.subarray(0, length);
  if (crc32(whole.subarray(0, -4)) !== whole.readUInt32LE(length - 4)) return [0, []];
  const numbers: number[] = [];
  for (let at = 4; at < length - 4; at += 8) numbers.push(whole.readDoubleLE(at));
  return [whole.readUInt32LE(0), numbers];
}
