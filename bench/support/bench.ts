import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import { label } from '../../runtime/engine/docker/names.ts';
import { type Ending, withEnding } from './ending.ts';
import { describeMachine } from './machine.ts';

/** What every benchmark works with. */
export interface Bench {
  readonly ending: Ending;
  /** The library alone, over connections that are kept: the yardstick. */
  readonly docker: Docker;
  /** Of this run, in every name that it gives. */
  readonly id: string;
  /** Stands in the place of an installation on all containers of this run. */
  readonly installation: string;
  /** Temporary, gone at the end. */
  readonly directory: string;
}

/** The label by which containers that no code of ours made are found. */
export const benchLabel = label.installation;

/** Prints the machine, runs a benchmark, and removes all containers, images and files that it made. @returns the exit code */
export async function runBench(work: (bench: Bench) => Promise<number>): Promise<number> {
  return withEnding(async (ending) => {
    // It takes the engine's address from DOCKER_HOST, which the script sets.
    // As ours, it makes no picture of its agent for each request, which the library would throw away.
    const agent = Object.defineProperty(new http.Agent({ keepAlive: true }), inspect.custom, {
      value: () => 'agent',
    });
    const docker = new Docker({ agent } as Docker.DockerOptions);
    ending.undo(async () => agent.destroy());
    const installation = randomUUID();
    const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-bench-'));
    ending.undo(() => rm(directory, { recursive: true, force: true }));
    ending.undo(() => removeContainers(docker, installation));
    console.log(`\n${await describeMachine(docker)}\n`);
    return work({ ending, docker, id: installation.slice(0, 8), installation, directory });
  });
}

async function removeContainers(docker: Docker, installation: string): Promise<void> {
  const filters = { label: [`${benchLabel}=${installation}`] };
  for (const { Id } of await docker.listContainers({ all: true, filters }))
    await docker.getContainer(Id).remove({ force: true, v: true });
}
