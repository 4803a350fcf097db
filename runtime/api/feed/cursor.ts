import { SeedbedError } from '../../errors/index.ts';
import type { Cursor } from '../../jobs/index.ts';

/** The id of an event of a stream: `XID,ID`. */
export const cursorText = ({ xid, id }: Cursor): string => `${xid},${id}`;

/** @throws invalid-request */
export function readCursor(text: string): Cursor {
  const [, xid = '', id = ''] = /^(\d{1,20}),(\d{1,16})$/.exec(text) ?? [];
  if (xid !== '' && BigInt(xid) < 2n ** 64n && Number.isSafeInteger(Number(id)))
    return { xid: BigInt(xid).toString(), id: Number(id) };
  throw new SeedbedError('invalid-request', {
    problem: 'The header Last-Event-ID must be the id of an event of this stream',
  });
}

/** Whether one place comes after another. */
export function isAfter(one: Cursor, other: Cursor): boolean {
  if (one.xid === other.xid) return one.id > other.id;
  return BigInt(one.xid) > BigInt(other.xid);
}
