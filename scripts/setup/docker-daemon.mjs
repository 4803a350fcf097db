import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCgroups } from './cgroups.mjs';
import { attempt } from './command.mjs';
import { probe } from './engine-api.mjs';
import { SetupError, say } from './report.mjs';
import { hasProgram } from './system.mjs';

const log = '/var/log/seedbed-dockerd.log';
const pidFile = '/var/run/docker.pid';
const patience = 60_000;
const aboutIptables = /iptables|nf_tables|NAT chain/i;

/**
 * Starts the installed Docker: by systemd where that runs, else detached in a session of its own.
 * @returns the version that answers at `host`
 */
export async function startDocker(host) {
  if (existsSync('/run/systemd/system')) return startByService(host);
  if (runningDaemon()) {
    say('engine', `dockerd runs already (process ${runningDaemon()}); waiting for it ...`);
    return (
      (await answer(host)) ?? fail(`dockerd runs and does not answer at ${host} within ${patience / 1000} s.`)
    );
  }
  if (existsSync(pidFile)) {
    say('engine', `removing ${pidFile}: its process is not a dockerd`);
    rmSync(pidFile);
  }
  await ensureCgroups();
  return startByHand(host);
}

async function startByService(host) {
  say('engine', 'systemctl start docker ...');
  const { code, output } = await attempt('systemctl', ['start', 'docker']);
  const version = code === 0 && (await answer(host));
  return version || fail(`systemd could not start Docker. ${output.trim()}\nSee \`journalctl -u docker\`.`);
}

/** As it is, then with the older packet filter, then without any: each only if the one before failed for iptables. */
async function startByHand(host) {
  const attempts = [
    { note: 'starting dockerd ...', args: [], env: {} },
    { note: 'iptables does not work; trying iptables-legacy ...', args: [], env: legacyIptables() },
    {
      note: 'no usable iptables; starting without a bridge: image builds and jobs have no network',
      args: ['--iptables=false', '--ip6tables=false', '--bridge=none'],
      env: {},
    },
  ];
  for (const { note, args, env } of attempts) {
    if (!env) continue;
    say('engine', `${note} (log: ${log})`);
    const { version, ended } = await daemon(host, args, env);
    if (version) return version;
    if (!ended) fail(`dockerd does not answer at ${host} within ${patience / 1000} s. Read ${log}.`);
    if (!aboutIptables.test(lastError())) break;
  }
  return fail(`dockerd did not start: ${lastError()}\nThe whole story is in ${log}.`);
}

async function daemon(host, args, env) {
  const file = openSync(log, 'w');
  const child = spawn('dockerd', args, {
    detached: true,
    stdio: ['ignore', file, file],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, ...env },
  });
  closeSync(file);
  let ended = false;
  child.on('exit', () => (ended = true)).on('error', () => (ended = true));
  const version = await answer(host, () => ended);
  child.unref();
  return { version, ended };
}

/** Waits until the engine answers, `over` says that it never will, or a minute has passed. */
async function answer(host, over = () => false) {
  for (const end = Date.now() + patience; Date.now() < end && !over();) {
    const { version } = await probe(host);
    if (version) return version;
    await sleep(100);
  }
  return undefined;
}

/** A PATH in which `iptables` is the older implementation; the system's own choice stays. Undefined without it. */
function legacyIptables() {
  if (!hasProgram('iptables-legacy')) return undefined;
  const folder = '/run/seedbed-iptables';
  mkdirSync(folder, { recursive: true });
  for (const name of ['iptables', 'ip6tables']) {
    const link = path.join(folder, name);
    if (!existsSync(link)) symlinkSync(`/usr/sbin/${name}-legacy`, link);
  }
  return { PATH: `${folder}:${process.env.PATH}:/usr/sbin:/sbin` };
}

function runningDaemon() {
  const pid = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim() : '';
  const name = `/proc/${pid}/comm`;
  return pid && existsSync(name) && readFileSync(name, 'utf8').trim() === 'dockerd' ? pid : undefined;
}

function lastError() {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.findLast((line) => /fail|error/i.test(line)) ?? lines.at(-1);
}

function fail(message) {
  throw new SetupError(message);
}
