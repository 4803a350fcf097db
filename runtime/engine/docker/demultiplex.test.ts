import { describe, expect, it } from '@jest/globals';
import { demultiplex } from './demultiplex.ts';

function frame(type: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = type;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function split(bytes: Buffer, size = bytes.length): Promise<{ stdout: string; stderr: string }> {
  const texts = { stdout: '', stderr: '' };
  for await (const { stream, data } of demultiplex(inPieces(bytes, size)))
    texts[stream] += data.toString('latin1');
  return texts;
}

describe('the multiplexed stream', () => {
  const stream = Buffer.concat([
    frame(1, 'out one\n'),
    frame(2, 'err one\n'),
    frame(1, ''),
    frame(1, 'x'.repeat(1000)),
    frame(2, '\x01\0\0\0\0\0\0\x05fake!'),
    frame(0, 'nought'),
  ]);
  const expected = {
    stdout: `out one\n${'x'.repeat(1000)}nought`,
    stderr: 'err one\n\x01\0\0\0\0\0\0\x05fake!',
  };

  it.each([1, 2, 3, 7, 8, 9, 13, 64, 5000])(
    'is split into its streams when it comes %d bytes at a time',
    async (size) => {
      expect(await split(stream, size)).toEqual(expected);
    },
  );

  it('takes a stream without headers for standard output', async () => {
    expect(await split(Buffer.from('Error: no such thing'), 3)).toEqual({
      stdout: 'Error: no such thing',
      stderr: '',
    });
  });

  it("throws the engine's own message", async () => {
    await expect(split(frame(3, 'the log file is gone'), 5)).rejects.toThrow('the log file is gone');
  });

  it('asks for more only when its reader does', async () => {
    let asked = 0;
    const endless = async function* () {
      for (;;) {
        asked += 1;
        yield frame(1, 'line\n');
      }
    };
    const chunks = demultiplex(endless());
    for (let read = 0; read < 10; read += 1) await chunks.next();
    expect(asked).toBe(10);
  });
});
