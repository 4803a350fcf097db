import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importImage, pull } from './base-images.mjs';
import { attempt, run } from './command.mjs';
import { call } from './engine-api.mjs';
import { SetupError, say } from './report.mjs';
import { root } from './root.mjs';
import { debianRootFilesystem } from './root-filesystem.mjs';
import { mayInstall } from './system.mjs';

const postgresRoot = { repository: 'seedbed-postgres-root', tag: '17' };

/** The images that Dockerfile and docker-compose.yml begin with: there, or pulled, or made of what this machine has. */
export async function ensureClusterImages(host) {
  await ensure(host, 'node', '20-bookworm-slim', prepareNode);
  await ensure(host, 'postgres', '17-trixie', preparePostgres);
}

/** @param prepare fills the directory of a build. @returns more options of `docker build` */
async function ensure(host, repository, tag, prepare) {
  const image = `${repository}:${tag}`;
  if ((await call(host, 'GET', `/images/${image}/json`)).status === 200)
    return say('images', `${image} is there`);
  const problem = await pull(host, repository, tag);
  if (!problem) return say('images', `${image} pulled`);
  if (!mayInstall())
    throw new SetupError(
      `No registry gives ${image} (${problem}), and only root on Debian can make it here.`,
    );
  say('images', `no registry gives ${image} (${problem}); making it of this machine's packages ...`);
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-image-'));
  try {
    await cp(path.join(root, 'scripts/setup/images', repository), directory, { recursive: true });
    const options = await prepare(host, directory);
    await run('docker', ['build', '-q', '-t', image, ...options, directory], { env: { DOCKER_HOST: host } });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  say('images', `${image} made`);
}

async function prepareNode(_host, directory) {
  if (!process.versions.node.startsWith('20.'))
    throw new SetupError(
      `node:20-bookworm-slim is made of Node 20, and this is Node ${process.versions.node}.`,
    );
  const [modules, registry] = await Promise.all([
    run('npm', ['root', '--global']),
    run('npm', ['config', 'get', 'registry']),
  ]);
  await cp(await realpath(process.execPath), path.join(directory, 'node'));
  await cp(path.join(modules.trim(), 'npm'), path.join(directory, 'npm'), { recursive: true });
  await cp('/etc/ssl/certs/ca-certificates.crt', path.join(directory, 'certificates.pem'));
  return ['--build-arg', `REGISTRY=${registry.trim()}`];
}

async function preparePostgres(host) {
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-root-'));
  try {
    const packages = { suite: 'trixie', include: ['postgresql-17', 'gosu'] };
    await importImage(host, await debianRootFilesystem(directory, packages), postgresRoot);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return [];
}

/** How `docker compose` is called here. */
export async function composeCommand() {
  const { code } = await attempt('docker', ['compose', 'version']);
  return code === 0 ? 'docker compose' : 'docker-compose';
}
