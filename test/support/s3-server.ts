import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { freePort } from './ports.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Where `npm test` unpacks it. */
const tree = process.env.SEEDBED_TEST_CEPH || path.join(import.meta.dirname, '../../.cache/ceph');

/** Ceph's object gateway, with all that it keeps in memory. */
export interface S3Server {
  readonly endpoint: string;
  /** Of one who may do everything. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Of one to whom nothing belongs. */
  readonly stranger: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly client: S3Client;
  stop(): Promise<void>;
}

/** Starts a monitor, a store in memory and the gateway on free ports of 127.0.0.1; takes about 10 s. Call `stop` in the end. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-ceph-'));
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const [monitor, gateway] = [await freePort(), await freePort()];
    const file = await configure(directory, monitor, gateway);
    const call = (program: string, ...args: string[]) => {
      const [command, ...rest] = commandOf(program, file, args);
      return promisify(execFile)(command!, rest).catch((thrown: Error & { stderr?: string }) => {
        throw new Error(`${program} failed: ${thrown.stderr?.slice(-1500) || thrown.message}`);
      });
    };
    const start = (program: string, ...args: string[]) => {
      const [command, ...rest] = commandOf(program, file, args);
      const child = spawn(command!, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
      children.push(child);
      let said = '';
      child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
      return { child, said: () => said };
    };
    const inside = (name: string) => path.join(directory, name);
    await call(
      'monmaptool',
      '--create',
      '--fsid',
      fsid(file),
      '--addv',
      'a',
      `[v2:127.0.0.1:${monitor}]`,
      inside('monmap'),
    );
    await call('osdmaptool', '--createsimple', '1', inside('osdmap'), '--with-default-pool');
    await call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', inside('monmap'), '--osdmap', inside('osdmap'));
    start('ceph-mon', '-i', 'a', '-f');
    await call('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', randomUUID());
    start('ceph-osd', '-i', '0', '-f');
    const users = ['seedbed', 'stranger'].map((name) => ({
      name,
      accessKeyId: `KEY${name.toUpperCase()}`,
      secretAccessKey: `secret-of-${name}`,
    }));
    for (const { name, accessKeyId, secretAccessKey } of users)
      await call(
        'radosgw-admin',
        'user',
        'create',
        '--uid',
        name,
        '--display-name',
        name,
        '--access-key',
        accessKeyId,
        '--secret-key',
        secretAccessKey,
      );
    const { child, said } = start('radosgw', '-f', '-n', 'client.admin', '--no-mon-config');
    const endpoint = `http://127.0.0.1:${gateway}`;
    while (!(await answers(endpoint))) {
      if (child.exitCode !== null) throw new Error(`radosgw ended with ${child.exitCode}: ${said()}`);
      await sleep(50);
    }
    const [{ name: _, ...credentials }, { name: __, ...stranger }] = users as [
      (typeof users)[0],
      (typeof users)[0],
    ];
    const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
    return {
      ...{ endpoint, credentials, stranger, client },
      async stop() {
        client.destroy();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The fsid stands in the name of the file, so that both programs get the same. */
function fsid(file: string): string {
  return path.basename(file, '.conf');
}

async function configure(directory: string, monitor: number, gateway: number): Promise<string> {
  const id = randomUUID();
  const library = libraries();
  for (const name of ['mon', 'osd', 'rgw']) await mkdir(path.join(directory, name));
  await writeFile(path.join(directory, 'keyring'), '');
  const file = path.join(directory, `${id}.conf`);
  const settings = {
    fsid: id,
    mon_host: `v2:127.0.0.1:${monitor}`,
    // No keys between its parts, and so no encryption of what they say.
    auth_cluster_required: 'none',
    auth_service_required: 'none',
    auth_client_required: 'none',
    ms_mon_client_mode: 'crc',
    ms_mon_service_mode: 'crc',
    ms_bind_msgr1: false,
    public_addr: '127.0.0.1',
    cluster_addr: '127.0.0.1',
    // One copy, in memory.
    osd_objectstore: 'memstore',
    memstore_device_bytes: 2 ** 30,
    osd_pool_default_size: 1,
    osd_pool_default_min_size: 1,
    osd_pool_default_pg_num: 1,
    osd_pool_default_pgp_num: 1,
    osd_pool_default_pg_autoscale_mode: 'off',
    osd_crush_chooseleaf_type: 0,
    osd_crush_update_on_start: false,
    mon_allow_pool_size_one: true,
    mon_max_pg_per_osd: 1000,
    mon_data_avail_crit: 1,
    mon_data_avail_warn: 1,
    paxos_propose_interval: 0.05,
    paxos_min_wait: 0.01,
    // Its files: none outside the directory.
    mon_data: path.join(directory, 'mon'),
    osd_data: path.join(directory, 'osd'),
    rgw_data: path.join(directory, 'rgw'),
    keyring: path.join(directory, 'keyring'),
    run_dir: directory,
    admin_socket: '',
    log_file: '',
    mon_cluster_log_file: '',
    log_to_stderr: true,
    err_to_stderr: true,
    debug_rgw: 0,
    osd_class_dir: path.join(library, 'rados-classes'),
    erasure_code_dir: path.join(library, 'ceph/erasure-code'),
    plugin_dir: path.join(library, 'ceph'),
    rgw_frontends: `beast endpoint=127.0.0.1:${gateway}`,
    rgw_enable_apis: 's3',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  await writeFile(file, `[global]\n${lines.join('\n')}\n`);
  return file;
}

/** By the loader of their own C library, which may be newer than that of this machine. */
function commandOf(program: string, file: string, args: readonly string[]): string[] {
  const library = libraries();
  const loader = readdirSync(library).find((name) => /^ld-linux.*\.so\.\d$/.test(name));
  const command = [path.join(tree, 'usr/bin', program), '-c', file, ...args];
  return loader === undefined
    ? command
    : [path.join(library, loader), '--library-path', `${library}:${path.join(library, 'ceph')}`, ...command];
}

function libraries(): string {
  const all = path.join(tree, 'usr/lib');
  if (!existsSync(all)) throw new Error(`There is no Ceph in ${tree}: \`npm test\` fetches it`);
  return path.join(all, readdirSync(all).find((name) => name.endsWith('-linux-gnu')) ?? '');
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    (response) => response.body?.cancel().then(() => response.ok) ?? response.ok,
    () => false,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  // Nothing of it is kept, so it need not end well.
  child.kill('SIGKILL');
  await ended;
}
