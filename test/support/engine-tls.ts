import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { writeFiles } from './cli-files.ts';
import { type PrivateEngine, privateEngine } from './engine-private.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

const run = promisify(execFile);

type Certificates =
  'good' | 'wrongCa' | 'noClient' | 'expired' | 'foreign' | 'otherKey' | 'lockedKey' | 'noPem';

/** A daemon that takes nobody without a certificate, and directories of certificates as `?cert=` names them. */
export interface TlsEngine {
  /** e.g. `tcp://127.0.0.1:40123`. */
  readonly host: string;
  readonly engine: PrivateEngine;
  readonly certificates: Readonly<Record<Certificates, string>>;
  /** Directories of the server's and its client's certificates by another CA. */
  readonly renewed: { readonly server: string; readonly client: string };
  /** Those of the daemon. */
  readonly server: string;
  close(): Promise<void>;
}

/** @param images tags under which it gets the test image */
export async function tlsEngine(images: readonly string[]): Promise<TlsEngine> {
  const root = await mkdtemp(path.join(tmpdir(), 'seedbed-test-tls-'));
  const server = await makeCertificates(root);
  const listening = '-H tcp://127.0.0.1:2376 --tlsverify';
  const files = `--tlscacert ${server}/ca.pem --tlscert ${server}/cert.pem --tlskey ${server}/key.pem`;
  const engine = await privateEngine('', images, () => [listening, files]);
  let proxy: TcpProxy | undefined;
  const gate = await gateInto(engine.pid, path.join(root, 'gate.sock'));
  try {
    proxy = await tcpProxy(path.join(root, 'gate.sock'));
  } catch (thrown) {
    await gate();
    await engine.close();
    throw thrown;
  }
  const at = (name: string) => path.join(root, name);
  return {
    host: `tcp://127.0.0.1:${proxy.port}`,
    engine,
    certificates: {
      ...{ good: at('good'), wrongCa: at('wrong-ca'), noClient: at('no-client') },
      ...{ expired: at('expired'), foreign: at('foreign') },
      ...{ otherKey: at('other-key'), lockedKey: at('locked-key'), noPem: at('no-pem') },
    },
    ...{ server, renewed: { server: at('renewed-server'), client: at('renewed-client') } },
    async close() {
      await proxy.close();
      await gate();
      await engine.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** TLS in front of an engine's socket, whose certificates can be renewed. */
export interface TlsGate {
  /** e.g. `tcp://127.0.0.1:40123`. */
  readonly host: string;
  /** Ends every connection; new ones have these certificates, and take clients of their CA. */
  renew(directory: string): Promise<void>;
  close(): Promise<void>;
}

export async function tlsGate(socket: string, directory: string): Promise<TlsGate> {
  const open = new Set<net.Socket>();
  const server = tls.createServer(
    { ...(await contextOf(directory)), requestCert: true, rejectUnauthorized: true },
    (near) => {
      const far = net.connect(socket);
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        open.add(one);
        one.on('error', () => other.destroy()).on('close', () => open.delete(one));
        one.pipe(other);
      }
    },
  );
  const cut = () => open.forEach((one) => one.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `tcp://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    async renew(to) {
      server.setSecureContext(await contextOf(to));
      cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function contextOf(directory: string): Promise<tls.SecureContextOptions> {
  const [ca, cert, key] = await Promise.all(
    ['ca', 'cert', 'key'].map((name) => readFile(path.join(directory, `${name}.pem`))),
  );
  return { ca, cert, key };
}

/** The daemon's network is its own; a socket in the file system leads there. @returns what ends it */
async function gateInto(pid: number, socket: string): Promise<() => Promise<void>> {
  const script = `const net = require('node:net'); net.createServer((near) => {
    const far = net.connect(2376, '127.0.0.1');
    for (const [one, other] of [[near, far], [far, near]]) one.on('error', () => other.destroy()).pipe(other);
  }).listen(${JSON.stringify(socket)}, () => console.log('listening'));`;
  const gate = spawn('nsenter', [`--net=/proc/${pid}/ns/net`, process.execPath, '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(gate.stdout, 'data');
  await access(socket);
  return async () => {
    const ended = once(gate, 'exit');
    gate.kill('SIGKILL');
    await ended;
  };
}

/** @returns the daemon's own directory */
async function makeCertificates(root: string): Promise<string> {
  await writeFiles(root, {
    'server.cnf': 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n',
    'client.cnf': 'extendedKeyUsage=clientAuth\n',
  });
  const authority = async (name: string) => {
    await openssl(root, 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2', [
      ...['-subj', `/CN=test ${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`],
    ]);
    return name;
  };
  const signed = async (directory: string, kind: 'server' | 'client', ca: string, days = 2) => {
    await mkdir(path.join(root, directory));
    await openssl(root, 'req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes', [
      ...['-subj', `/CN=${kind}`, '-keyout', `${directory}/key.pem`, '-out', `${directory}/request`],
    ]);
    await openssl(root, `x509 -req -days ${days} -CAcreateserial -CA ${ca}.pem -CAkey ${ca}.key`, [
      ...['-in', `${directory}/request`, '-extfile', `${kind}.cnf`, '-out', `${directory}/cert.pem`],
    ]);
    await copyFile(path.join(root, `${ca}.pem`), path.join(root, directory, 'ca.pem'));
  };
  const [ours, other] = [await authority('ca'), await authority('other')];
  await signed('daemon', 'server', ours);
  await signed('good', 'client', ours);
  await signed('expired', 'client', ours, -1);
  await signed('wrong-ca', 'client', ours);
  await copyFile(path.join(root, 'other.pem'), path.join(root, 'wrong-ca/ca.pem'));
  await signed('foreign', 'client', other);
  await copyFile(path.join(root, 'ca.pem'), path.join(root, 'foreign/ca.pem'));
  await signed('renewed-server', 'server', other);
  await signed('renewed-client', 'client', other);
  const copy = (name: string) => cp(path.join(root, 'good'), path.join(root, name), { recursive: true });
  await copy('other-key');
  await copyFile(path.join(root, 'foreign/key.pem'), path.join(root, 'other-key/key.pem'));
  await copy('locked-key');
  await openssl(root, 'ec -aes256 -passout pass:word -in good/key.pem -out locked-key/key.pem', []);
  await copy('no-pem');
  await writeFiles(root, { 'no-pem/key.pem': 'no key\n' });
  await mkdir(path.join(root, 'no-client'));
  await copyFile(path.join(root, 'ca.pem'), path.join(root, 'no-client/ca.pem'));
  return path.join(root, 'daemon');
}

async function openssl(cwd: string, words: string, args: readonly string[]): Promise<void> {
  await run('openssl', [...words.split(' '), ...args], { cwd });
}
