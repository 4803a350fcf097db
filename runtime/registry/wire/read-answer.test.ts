import { describe, expect, it } from '@jest/globals';
import { Incoming } from './incoming.ts';
import { readAnswer, type WireAnswer } from './read-answer.ts';

/** Reads pieces as they come; `undefined` is the end of the connection. */
function read(pieces: (string | undefined)[], method = 'GET', longest = 100): WireAnswer | 'unfinished' {
  const reading = readAnswer(new Incoming(), method, longest);
  reading.next();
  for (const piece of pieces) {
    const { done, value } = reading.next(piece === undefined ? undefined : Buffer.from(piece, 'latin1'));
    if (done) return value;
  }
  return 'unfinished';
}

const answer = (...lines: string[]) => lines.join('\r\n');
const sized = answer('HTTP/1.1 200 OK', 'Content-Length: 5', 'X-Name:  a b ', '', 'hello');
const chunked = answer(
  ...[
    'HTTP/1.1 200 OK',
    'Transfer-Encoding: chunked',
    '',
    '3;note=1',
    'hel',
    '2',
    'lo',
    '0',
    'Trailer: 1',
    '',
    '',
  ],
);

describe('an answer', () => {
  it.each<[string, string, string, object]>([
    ['with a length', 'GET', sized, { 'content-length': '5', 'x-name': 'a b' }],
    ['in parts', 'GET', chunked, { 'transfer-encoding': 'chunked' }],
    [
      'after others that are no end',
      'GET',
      `HTTP/1.1 103 Early\r\nLink: x\r\n\r\n${sized}`,
      { 'x-name': 'a b' },
    ],
  ])('%s is read however it comes', (_, method, text, headers) => {
    const expected = { status: 200, headers: expect.objectContaining(headers), isLasting: true };
    for (const pieces of [[text], [...text], [text.slice(0, 30), text.slice(30)]]) {
      const { body, ...rest } = read(pieces, method) as WireAnswer;
      expect(rest).toEqual(expected);
      expect(body.toString()).toBe('hello');
    }
  });

  it.each<[string, string, string]>([
    ['HEAD', 'HEAD', answer('HTTP/1.1 200 OK', 'Content-Length: 500', '', '')],
    ['204', 'GET', answer('HTTP/1.1 204 No Content', '', '')],
    ['304', 'GET', answer('HTTP/1.1 304', 'Content-Length: 500', '', '')],
    ['a length of nothing', 'GET', answer('HTTP/1.1 200 OK', 'Content-Length: 0', '', '')],
  ])('of %s has no body', (_, method, text) => {
    expect(read([text], method)).toMatchObject({ body: Buffer.alloc(0), isLasting: true });
  });

  it('without a length ends with its connection', () => {
    const head = answer('HTTP/1.1 200 OK', '', '');
    expect(read([head, 'hel', 'lo'])).toBe('unfinished');
    expect(read([head, 'hel', 'lo', undefined])).toMatchObject({
      body: Buffer.from('hello'),
      isLasting: false,
    });
  });

  it.each([
    ['says so', answer('HTTP/1.1 200 OK', 'Connection: Close', 'Content-Length: 0', '', '')],
    ['is of HTTP/1.0', answer('HTTP/1.0 200 OK', 'Content-Length: 0', '', '')],
    ['is followed by more', `${sized}HTTP/1.1`],
  ])('that %s is the last of its connection', (_, text) => {
    expect(read([text])).toMatchObject({ status: 200, isLasting: false });
  });

  it('has several headers of one name in one', () => {
    const text = answer('HTTP/1.1 401 No', 'A: 1', 'a: 2', '__proto__: 3', 'Content-Length: 0', '', '');
    const { headers } = read([text]) as WireAnswer;
    expect(Object.entries(headers)).toEqual([
      ['a', '1, 2'],
      ['__proto__', '3'],
      ['content-length', '0'],
    ]);
  });
});

describe('what is no answer', () => {
  const head = (...lines: string[]) => answer('HTTP/1.1 200 OK', ...lines, '', '');

  it.each<[string, string, RegExp]>([
    ['another protocol', '220 mail', /no answer of HTTP/],
    ['another protocol, at its first byte', '\u0015', /no answer of HTTP/],
    ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n', /no answer of HTTP/],
    ['a status that is none', 'HTTP/1.1 20 OK\r\n\r\n', /no answer of HTTP/],
    ['another protocol from now on', 'HTTP/1.1 101 Switching\r\n\r\n', /no answer of HTTP/],
    ['a header without a name', head(': 1'), /headers are malformed/],
    ['a header on two lines', head('A: 1', ' 2'), /headers are malformed/],
    ['a name with a blank', head('A : 1'), /headers are malformed/],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'A: 1\r\n'.repeat(5000)}`, /more than 16384 bytes/],
    ['a length that is none', head('Content-Length: -5'), /length is -5/],
    ['two lengths', head('Content-Length: 5', 'Content-Length: 6'), /length is 5, 6/],
    ['a length and parts', head('Content-Length: 5', 'Transfer-Encoding: chunked'), /length is not known/],
    ['another coding', head('Transfer-Encoding: gzip, chunked'), /length is not known/],
    ['a part without a length', `${head('Transfer-Encoding: chunked')}x\r\n`, /length of a part/],
    [
      'a part longer than it says',
      `${head('Transfer-Encoding: chunked')}2\r\nhello\r\n`,
      /more than 0 bytes/,
    ],
    ['a length beyond the limit', head('Content-Length: 101'), /longer than/],
    [
      'parts beyond the limit',
      `${head('Transfer-Encoding: chunked')}33\r\n${'x'.repeat(51)}\r\n33\r\n`,
      /longer than/,
    ],
    ['an end beyond the limit', `${head()}${'x'.repeat(101)}`, /longer than/],
  ])('%s', (_, text, message) => {
    expect(() => read([text])).toThrow(message);
    expect(() => read([...text])).toThrow(message);
  });

  it.each(['', 'HTTP/1.1 2', 'HTTP/1.1 200 OK\r\nContent-Le', sized.slice(0, -1), chunked.slice(0, -2)])(
    'the end of a connection behind "%s"',
    (text) => {
      expect(() => read([text, undefined].filter((piece) => piece !== ''))).toThrow(
        expect.objectContaining({ code: 'ECONNRESET' }),
      );
    },
  );
});
