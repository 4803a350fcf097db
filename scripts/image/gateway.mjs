import { lookup } from 'node:dns/promises';
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * `node gateway.mjs [HOST] [PORT]`: the one port of all runtimes. Each connection goes to the next address of HOST that
 * takes it. Where none does, it waits, so that a client sees a runtime that restarts as slow and not as broken.
 */
const [host = 'runtime', port = '8420'] = process.argv.slice(2);
const patienceMs = 15_000;
let turn = 0;

const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (client) => {
  serve(client).catch(() => client.destroy());
});
server.listen(8420, '0.0.0.0', () => console.log(`gateway: port 8420 leads to ${host}:${port}`));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

async function serve(client) {
  client.on('error', () => client.destroy());
  const runtime = await reach(client);
  if (client.destroyed) return runtime?.destroy();
  if (runtime) return pipeline(client, runtime, client);
  client.end(
    'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  );
  client.resume();
}

/** @returns a connection; undefined when no runtime takes one, or the client does not wait for it */
async function reach(client) {
  for (const end = Date.now() + patienceMs; ; await delay(200)) {
    const found = await lookup(host, { all: true, family: 4 }).catch(() => []);
    turn += 1;
    for (const index of found.keys()) {
      const { address } = found[(turn + index) % found.length];
      const runtime = await open(address).catch(() => undefined);
      if (runtime) return runtime;
    }
    if (client.destroyed || Date.now() > end) return undefined;
  }
}

function open(address) {
  return new Promise((resolve, reject) => {
    const runtime = connect({ host: address, port, allowHalfOpen: true, noDelay: true, keepAlive: true });
    runtime.setTimeout(2000, () => runtime.destroy(new Error('no answer')));
    runtime.once('error', reject).once('connect', () => {
      runtime.setTimeout(0);
      runtime.off('error', reject).on('error', () => runtime.destroy());
      resolve(runtime);
    });
  });
}
