import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URLSearchParams } from 'node:url';
import { call } from './engine-api.mjs';
import { debianRootFilesystem } from './root-filesystem.mjs';
import { SetupError, say } from './report.mjs';
import { mayInstall } from './system.mjs';

const repository = 'debian';
const tag = 'bookworm-slim';
const image = `${repository}:${tag}`;

/** The base image of the sample jobs: there, or pulled, or built from the distribution's packages. */
export async function ensureBaseImages(host) {
  if ((await call(host, 'GET', `/images/${image}/json`)).status === 200)
    return say('base image', `${image} is there`);
  say('base image', `pulling ${image} ...`);
  const problem = await pull(host, repository, tag);
  if (!problem) return say('base image', `${image} pulled`);
  if (!mayInstall())
    throw new SetupError(
      `No registry gives ${image} (${problem}), and only root on Debian or Ubuntu can build it here. ` +
        `Bring it from elsewhere: \`docker save ${image}\` there, \`docker load\` here.`,
    );
  say(
    'base image',
    `no registry gives it (${problem}); building it from Debian's packages, about a minute ...`,
  );
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-base-'));
  try {
    await importImage(host, await debianRootFilesystem(directory), { repository, tag });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  say('base image', `${image} built`);
}

/** @returns why it failed, or undefined. Progress comes as JSON lines; a failure is one of them, under status 200. */
export async function pull(host, repository, tag) {
  try {
    const { text } = await call(host, 'POST', `/images/create?fromImage=${repository}&tag=${tag}`, {
      idle: 30_000,
    });
    const failure = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find(({ error, message, cause }) => error ?? message ?? cause);
    return failure && (failure.error ?? failure.cause ?? failure.message);
  } catch (error) {
    return error.message;
  }
}

/** Makes an image of a root filesystem. */
export async function importImage(host, tarball, { repository, tag }) {
  const changes = ['CMD ["bash"]', 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  const query = new URLSearchParams({ fromSrc: '-', repo: repository, tag });
  for (const change of changes) query.append('changes', change);
  const { status, text } = await call(host, 'POST', `/images/create?${query}`, {
    body: createReadStream(tarball),
    idle: 300_000,
  });
  if (status !== 200 || /"error"/.test(text))
    throw new SetupError(`The engine could not import ${repository}:${tag}: ${text.trim()}`);
}
