/** The value of a field: a varint, or bytes (text, a message). */
type Value = number | bigint | string | Uint8Array;

/** A message in protobuf's wire format, from its field numbers and values. */
export function encode(fields: Iterable<readonly [field: number, value: Value]>): Buffer {
  const parts: Buffer[] = [];
  for (const [field, value] of fields) {
    if (typeof value === 'number' || typeof value === 'bigint')
      parts.push(varint(BigInt(field) << 3n), varint(BigInt.asUintN(64, BigInt(value))));
    else {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      parts.push(varint((BigInt(field) << 3n) | 2n), varint(BigInt(bytes.length)), Buffer.from(bytes));
    }
  }
  return Buffer.concat(parts);
}

/** A message's fields; each may occur more than once, and one that has its default value is absent. */
export class Message {
  readonly #fields = new Map<number, (bigint | Buffer)[]>();

  /** @throws Error for bytes that are no message */
  constructor(bytes: Buffer) {
    for (let at = 0; at < bytes.length;) {
      const [key, afterKey] = readVarint(bytes, at);
      const [value, after] = readValue(bytes, afterKey, Number(key & 7n));
      const field = Number(key >> 3n);
      this.#fields.set(field, [...(this.#fields.get(field) ?? []), value]);
      at = after;
    }
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }

  number(field: number): number {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === 'bigint' ? Number(value) : 0;
  }

  bytes(field: number): Buffer {
    return this.all(field).at(-1) ?? Buffer.alloc(0);
  }

  text(field: number): string {
    return this.bytes(field).toString();
  }

  all(field: number): Buffer[] {
    return (this.#fields.get(field) ?? []).filter((value) => typeof value !== 'bigint');
  }

  messages(field: number): Message[] {
    return this.all(field).map((bytes) => new Message(bytes));
  }
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (; value > 0x7fn; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(value)]);
}

function readVarint(bytes: Buffer, at: number): [bigint, number] {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = bytes[at++];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at];
  }
  throw new Error('a protobuf message breaks off');
}

function readValue(bytes: Buffer, at: number, wireType: number): [bigint | Buffer, number] {
  if (wireType === 0) return readVarint(bytes, at);
  const sized = wireType === 2 ? readVarint(bytes, at) : undefined;
  const fixed = wireType === 1 ? 8 : wireType === 5 ? 4 : undefined;
  const [length, start] = sized ? [Number(sized[0]), sized[1]] : [fixed ?? NaN, at];
  if (!(start + length <= bytes.length)) throw new Error('a protobuf message breaks off');
  return [bytes.subarray(start, start + length), start + length];
}
