import { describe, expect, it } from '@jest/globals';
import { Delivered } from './delivered.ts';

const chunk = (text: string) => ({ stream: 'stdout' as const, data: Buffer.from(text) });

/** Gives `live` bytes of a text on, then reads all of it again in pieces. */
function resume(text: string, live: number, size: number): string {
  const delivered = new Delivered();
  const bytes = Buffer.from(text);
  delivered.add({ stream: 'stdout', data: bytes.subarray(0, live) });
  delivered.rewind();
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const unseen = delivered.unseen({ stream: 'stdout', data: bytes.subarray(at, at + size) });
    if (unseen) parts.push(unseen.data);
  }
  return Buffer.concat(parts).toString('latin1');
}

describe('what was delivered', () => {
  const text = 'one\n\n\nfour four\nfive';

  it('is left out when a log is read again, wherever the first reading ended and however the second comes', () => {
    for (let live = 0; live <= text.length; live += 1)
      for (let size = 1; size <= text.length; size += 1)
        expect(resume(text, live, size)).toBe(text.slice(live));
  });

  it('is counted in lines, because a log file replaces bytes that are no text', () => {
    const delivered = new Delivered();
    delivered.add({ stream: 'stdout', data: Buffer.from([0xff, 0xfe, 0x0a]) });
    delivered.rewind();
    expect(delivered.unseen(chunk('\ufffd\ufffd\nnext\n'))?.data.toString()).toBe('next\n');
  });

  it('is counted for each stream', () => {
    const delivered = new Delivered();
    delivered.add(chunk('out\n'));
    delivered.rewind();
    expect(delivered.unseen({ stream: 'stderr', data: Buffer.from('err\n') })?.data.toString()).toBe('err\n');
    expect(delivered.unseen(chunk('out\n'))).toBeUndefined();
  });

  it('can be resumed twice', () => {
    const delivered = new Delivered();
    delivered.add(chunk('a\nb'));
    delivered.rewind();
    expect(delivered.unseen(chunk('a\nbc\nd'))?.data.toString()).toBe('c\nd');
    delivered.rewind();
    expect(delivered.unseen(chunk('a\nbc\nd'))).toBeUndefined();
    expect(delivered.unseen(chunk('e\n'))?.data.toString()).toBe('e\n');
  });
});
