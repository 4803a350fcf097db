import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { connect } from '../../runtime/engine/docker/client.ts';
import { candidates } from '../../runtime/engine/docker/endpoint.ts';
import { type TarEntry, tarball } from '../../runtime/engine/docker/tarball.ts';

/** The static binary of the package `busybox-static`; SEEDBED_TEST_BUSYBOX names another place. */
const binary = process.env.SEEDBED_TEST_BUSYBOX || '/bin/busybox';
const image = 'seedbed-test-busybox:1';

/**
 * The engine that tests run on, or that an environment names, spoken to without the code under test; call `close` in the
 * end.
 */
export async function testDocker(
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ docker: Docker; close: () => void }> {
  const client = await connect(await candidates(env));
  return { docker: client.docker, close: () => client.close() };
}

/**
 * An image of 2 MB with a shell and the usual commands in /bin, made without a registry, once.
 * @param changes Dockerfile instructions, e.g. `USER 1234`; they give the image a tag of its own
 * @returns its tag
 */
export async function busyboxImage(changes: readonly string[] = []): Promise<string> {
  const tag =
    changes.length === 0 ? image : `seedbed-test-busybox:${changes.join('-').replace(/[^\w.-]+/g, '-')}`;
  const { docker, close } = await testDocker();
  try {
    await importBusybox(docker, tag, changes);
  } finally {
    close();
  }
  return tag;
}

/** The same on any engine. */
export async function importBusybox(
  docker: Docker,
  tag: string,
  changes: readonly string[] = [],
): Promise<void> {
  const known = await docker
    .getImage(tag)
    .inspect()
    .catch(() => undefined);
  if (known) return;
  const archive = Readable.from(tarball(await busyboxFiles()), { objectMode: false });
  const stream = await docker.importImage(archive, {
    repo: tag,
    changes: ['ENV PATH=/bin', ...changes],
  } as never);
  for await (const chunk of stream as unknown as AsyncIterable<Buffer>)
    if (chunk.includes('"error"')) throw new Error(chunk.toString());
}

async function busyboxFiles(): Promise<TarEntry[]> {
  const content = await readFile(binary);
  const { stdout } = await promisify(execFile)(binary, ['--list']);
  const applets = stdout.split('\n').filter((name) => name !== '' && name !== 'busybox');
  return [
    { type: 'directory', name: 'bin', mode: 0o755 },
    { type: 'directory', name: 'tmp', mode: 0o1777 },
    { type: 'file', name: 'bin/busybox', content, mode: 0o755 },
    ...applets.map((name): TarEntry => ({ type: 'symlink', name: `bin/${name}`, linkname: 'busybox' })),
  ];
}

/** How many containers, running or not, carry all of these labels (`name` or `name=value`). For checks that nothing leaks. */
export async function countContainers(...labels: string[]): Promise<number> {
  const { docker, close } = await testDocker();
  try {
    return (await docker.listContainers({ all: true, filters: { label: labels } })).length;
  } finally {
    close();
  }
}

/** The names of the engine's images that begin so. */
export async function imagesNamed(...starts: string[]): Promise<string[]> {
  const { docker, close } = await testDocker();
  try {
    const names = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
    return names.filter((name) => starts.some((start) => name.startsWith(start)));
  } finally {
    close();
  }
}

/** Takes from the engine's images every name that begins so; one that is gone meanwhile is fine. */
export async function removeImages(...starts: string[]): Promise<void> {
  const { docker, close } = await testDocker();
  try {
    for (const name of await imagesNamed(...starts))
      await docker
        .getImage(name)
        .remove({ force: true })
        .catch((error: { statusCode?: number }) => {
          if (error.statusCode !== 404) throw error;
        });
  } finally {
    close();
  }
}
