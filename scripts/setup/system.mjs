import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attempt, run } from './command.mjs';
import { say } from './report.mjs';

/** Debian's or Ubuntu's name and release, e.g. `{id: 'debian', codename: 'bookworm'}`; undefined elsewhere. */
export function debianRelease() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return undefined;
  const lines = readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)=["']?(.*?)["']?$/gm);
  const {
    ID,
    ID_LIKE = '',
    VERSION_CODENAME,
  } = Object.fromEntries([...lines].map(([, key, value]) => [key, value]));
  const id = [ID, ...ID_LIKE.split(' ')].find((name) => name === 'ubuntu' || name === 'debian');
  return id && { id, codename: VERSION_CODENAME };
}

/** Whether this process may install packages here. */
export function mayInstall() {
  return process.getuid?.() === 0 && debianRelease() !== undefined;
}

/** Installs packages of the distribution; the lists are fetched only when they are missing or out of date. */
export async function install(topic, packages) {
  say(topic, `installing ${packages.join(', ')} ...`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  const args = [...wait, 'install', '-y', '--no-install-recommends', ...packages];
  const first = await attempt('apt-get', args, { env });
  if (first.code === 0) return;
  say(topic, 'apt-get update ...');
  await run('apt-get', [...wait, 'update'], { env });
  await run('apt-get', args, { env });
}

/** Whether a program is in PATH or where administration programs live. */
export function hasProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder && existsSync(path.join(folder, name)));
}
