import { describe, expect, it } from '@jest/globals';
import { LineSplitter, type LogLine, type LogPiece } from './index.ts';

let time = 0;
const piece = (stream: 'stdout' | 'stderr', data: string | Buffer, dropped = 0): LogPiece => ({
  offset: 0,
  next: 0,
  time: ++time,
  stream,
  data: Buffer.from(data),
  dropped,
});

function linesOf(...pieces: LogPiece[]): LogLine[] {
  const splitter = new LineSplitter();
  return [...pieces.flatMap((each) => splitter.push(each)), ...splitter.end()];
}

const texts = (lines: LogLine[]) => lines.map(({ stream, text }) => [stream, text]);

describe('the lines of a log', () => {
  it('are whole, though the other stream comes in between', () => {
    const pieces = [piece('stdout', 'a\nb'), piece('stderr', 'oops\n'), piece('stdout', 'c\n')];
    const [one, two, three] = pieces.map((each) => each.time);
    expect(linesOf(...pieces)).toEqual([
      { time: one, stream: 'stdout', text: 'a' },
      { time: two, stream: 'stderr', text: 'oops' },
      { time: three, stream: 'stdout', text: 'bc' },
    ]);
  });

  it('may be empty, and the last one needs no newline', () => {
    expect(texts(linesOf(piece('stdout', '\n\na\n\nb')))).toEqual(
      ['', '', 'a', '', 'b'].map((text) => ['stdout', text]),
    );
    expect(linesOf(piece('stdout', ''))).toEqual([]);
  });

  it('do not tear characters', () => {
    const bytes = Buffer.from('smörgås 🦉\n');
    const pieces = [...bytes].map((byte) => piece('stdout', Buffer.from([byte])));
    expect(texts(linesOf(...pieces))).toEqual([['stdout', 'smörgås 🦉']]);
  });

  it('are cut when they are too long', () => {
    const lines = linesOf(piece('stdout', 'x'.repeat(100_000)), piece('stdout', 'x'.repeat(50_000)));
    expect(lines.map(({ text }) => text.length)).toEqual([65_536, 65_536, 18_928]);
  });

  it('have the marker of dropped bytes among them', () => {
    const lines = linesOf(
      piece('stdout', 'half'),
      piece('stderr', '\n[seedbed: 5 bytes ...]\n', 5),
      piece('stdout', 'rest\n'),
    );
    expect(texts(lines)).toEqual([
      ['stdout', 'half'],
      ['stderr', '[seedbed: 5 bytes ...]'],
      ['stdout', 'rest'],
    ]);
  });
});
