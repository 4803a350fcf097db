import { lookup } from 'node:dns/promises';
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * `node gateway.mjs HOST PORT LISTEN`: at port LISTEN, the one port of all runtimes. Each connection goes to the next
 * address of HOST that takes it. Where none does, it waits, so that a runtime that restarts looks slow and not broken.
 */
const [host, port, listen] = process.argv.slice(2);
const patienceMs = 15_000;
let turn = 0;

const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (client) => {
  serve(client).catch(() => client.destroy());
});
server.listen(Number(listen), () =>
  console.log(`gateway: port ${server.address().port} leads to ${host}:${port}`),
);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));

async function serve(client) {
  client.on('error', () => client.destroy());
  const runtime = await reach(client);
  if (!runtime) return client.destroy();
  if (client.destroyed) return runtime.destroy();
  return pipeline(client, runtime, client);
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
