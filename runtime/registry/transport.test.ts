import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startTestServer } from '../../test/support/registry-server.ts';
import { createTransport, type Exchange, type Transport } from './transport.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function transport(): Transport {
  const made = createTransport({ patience: 15_000, lenient: () => true });
  endings.push(() => made.close());
  return made;
}

/** A server that answers each request's text by hand. @param answer the number counts connections from 0 */
async function serve(answer: (request: string, connection: number, socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = net.createServer((socket) => {
    const own = count++;
    sockets.add(socket.on('error', () => {}));
    socket.setEncoding('latin1').on('data', (text) => answer(String(text), own, socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/a?n=1`);
}

const reply = (body: string, ...headers: string[]) =>
  ['HTTP/1.1 200 OK', `Content-Length: ${body.length}`, ...headers, '', body].join('\r\n');
const get = (url: URL): Exchange => ({ method: 'GET', url });

describe('createTransport', () => {
  it('sends what is to be sent', async () => {
    const { host, url, received, stop } = await startTestServer(() => ({ body: 'yes' }));
    endings.push(stop);
    const body = 'ä=1';
    await transport().send({
      method: 'POST',
      url: new URL('/t?a=%20b#c', url),
      headers: { accept: 'x/y' },
      body,
    });
    const headers = { host, 'user-agent': 'seedbed', accept: 'x/y', 'content-length': '4' };
    expect(received).toEqual([
      { method: 'POST', path: '/t?a=%20b', headers: expect.objectContaining(headers), body },
    ]);
  });

  it('sends no header that would be two', async () => {
    let asked = 0;
    const url = await serve(() => asked++);
    const headers = { authorization: 'Bearer x\r\nHost: other' };
    await expect(transport().send({ ...get(url), headers })).rejects.toThrow('Invalid character in header');
    expect(asked).toBe(0);
  });

  it('keeps connections, each for one request at a time', async () => {
    const waiting: (() => void)[] = [];
    const url = await serve((_, connection, socket) => {
      waiting.push(() => socket.write(reply(`${connection}`)));
      if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
    });
    const { send } = transport();
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all([send(get(url)), send(get(url))]);
      expect(answers.map(({ body }) => `${body}`).sort()).toEqual(['0', '1']);
    }
  });

  it.each<[string, (socket: Socket) => void]>([
    ['has said that it closes', (socket) => socket.write(reply('old', 'Connection: close'))],
    ['says what nobody has asked for', (socket) => socket.write(`${reply('old')}HTTP/1.1 200 OK\r\n\r\n`)],
    ['has closed', (socket) => socket.end(reply('old'))],
  ])('uses no connection that %s', async (_, last) => {
    let isClosed: Promise<unknown> | undefined;
    const url = await serve((_, connection, socket) => {
      isClosed ??= once(socket, 'close');
      if (connection === 0) last(socket);
      else socket.write(reply('new'));
    });
    const { send } = transport();
    expect(`${(await send(get(url))).body}`).toBe('old');
    await isClosed;
    expect(`${(await send(get(url))).body}`).toBe('new');
  });

  it('says how a connection ended', async () => {
    const url = await serve((_, __, socket) => socket.end('HTTP/1.1 200 OK\r\n'));
    await expect(transport().send(get(url))).rejects.toMatchObject({
      kind: 'connection',
      code: 'ECONNRESET',
    });
  });

  it('ends what is under way when it is closed', async () => {
    const made = transport();
    const url = await serve(() => made.close());
    await expect(made.send(get(url))).rejects.toThrow('the registry was closed');
    await expect(made.send(get(url))).rejects.toThrow('the registry was closed');
  });
});
