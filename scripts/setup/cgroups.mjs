import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt } from './command.mjs';
import { say } from './report.mjs';
import { hasProgram, install } from './system.mjs';

const folder = '/sys/fs/cgroup';

/** Mounts control groups where nothing did (bare virtual machines without systemd): Docker does not start without them. */
export async function ensureCgroups() {
  const mounted = mounts();
  if (mounted.includes('cgroup2') || mounted.includes('cgroup')) return;
  if (!hasProgram('mount')) await install('engine', ['mount']);
  if (await mountUnified()) return say('engine', `mounted cgroup v2 at ${folder}`);
  const controllers = await mountControllers();
  if (controllers.length > 0) say('engine', `mounted cgroup v1 at ${folder}: ${controllers.join(' ')}`);
  else
    say(
      'engine',
      `no control groups, and they cannot be mounted at ${folder}: the engine will probably not start`,
    );
}

function mounts() {
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[2]);
}

/** Version 2, if the kernel gives it the memory controller (it does not once version 1 has it). */
async function mountUnified() {
  if (!/\bcgroup2\b/.test(readFileSync('/proc/filesystems', 'utf8')) || !existsSync(folder)) return false;
  if ((await attempt('mount', ['-t', 'cgroup2', 'cgroup2', folder])).code !== 0) return false;
  if (/\bmemory\b/.test(readFileSync(path.join(folder, 'cgroup.controllers'), 'utf8'))) return true;
  await attempt('umount', [folder]);
  return false;
}

async function mountControllers() {
  if ((await attempt('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'cgroup', folder])).code !== 0) return [];
  const mounted = [];
  for (const line of readFileSync('/proc/cgroups', 'utf8').trim().split('\n').slice(1)) {
    const [name, , , enabled] = line.split('\t');
    const target = path.join(folder, name);
    mkdirSync(target, { recursive: true });
    if (
      enabled === '1' &&
      (await attempt('mount', ['-t', 'cgroup', '-o', name, 'cgroup', target])).code === 0
    )
      mounted.push(name);
  }
  return mounted;
}
