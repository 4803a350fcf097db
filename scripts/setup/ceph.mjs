import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './command.mjs';
import { say, SetupError } from './report.mjs';
import { root } from './root.mjs';
import { debianRelease } from './system.mjs';
import { unpackedIn } from './unpack.mjs';

/** The release whose Ceph is used, whatever the release of this machine: its packages bring their own C library. */
const release = 'trixie';
const packages = ['radosgw', 'ceph-mon', 'ceph-osd'];

/**
 * The S3 server that tests start: Ceph's object gateway with a store in memory, from Debian's packages, unpacked in `.cache`
 * (100 MB to fetch, 400 MB unpacked; half a minute). Not installed, because that would start services.
 */
export async function ensureCeph() {
  if (process.env.SEEDBED_TEST_CEPH || existsSync(unpackedIn('ceph'))) return say('ceph', 'it is there');
  if (debianRelease()?.id !== 'debian')
    return say(
      'ceph',
      'no Debian here, so tests that need S3 will fail; SEEDBED_TEST_CEPH names the root of an unpacked Ceph',
    );
  say('ceph', `unpacking ${packages.join(', ')} ...`);
  const cache = path.join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(path.join(cache, 'ceph-'));
  try {
    const apt = await ownApt(directory);
    await run('apt-get', [...apt, 'update']);
    const install = ['-y', '--no-install-recommends', '--download-only', 'install', ...packages];
    await run('apt-get', [...apt, ...install]);
    const archives = path.join(directory, 'cache', 'archives');
    const tree = path.join(directory, 'tree');
    for (const file of await readdir(archives))
      if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', path.join(archives, file), tree]);
    for (const unused of ['usr/share', 'usr/lib/python3', 'usr/lib/python3.13', 'var'])
      await rm(path.join(tree, unused), { recursive: true, force: true });
    await rename(tree, unpackedIn('ceph'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  say('ceph', 'unpacked in .cache');
}

/** Options that make apt-get work on lists and a status of its own: nothing counts as installed. */
async function ownApt(directory) {
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    await mkdir(path.join(directory, folder), { recursive: true });
  await writeFile(path.join(directory, 'status'), '');
  const sources = path.join(directory, 'own.list');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  await writeFile(sources, `deb [signed-by=${keyring}] ${await mirror()} ${release} main\n`);
  // As root apt-get would download as the user _apt, who may not enter a private directory.
  return [
    ...['-o', `Dir::Etc::sourcelist=${sources}`, '-o', 'Dir::Etc::sourceparts=-'],
    ...[
      '-o',
      `Dir::State::lists=${path.join(directory, 'lists')}`,
      '-o',
      `Dir::Cache=${path.join(directory, 'cache')}`,
    ],
    ...['-o', `Dir::State::status=${path.join(directory, 'status')}`, '-o', 'APT::Sandbox::User=root'],
  ];
}

/** Where this machine gets its packages of Debian proper. */
async function mirror() {
  const sites = await run('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages']);
  const site = sites.split('\n').find((one) => /\/debian\/?$/.test(one));
  if (site) return site;
  throw new SetupError('No source of Debian packages is configured.');
}
