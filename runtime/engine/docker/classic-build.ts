import { Readable } from 'node:stream';
import { BaseImageProblem } from './base-image-problem.ts';
import { buildContext, withDockerfile } from './build-context.ts';
import { lastLines, plainLines } from './build-output.ts';
import type { BuildJob } from './build.ts';
import { oneLine } from './failures.ts';
import { jsonLines } from './json-lines.ts';
import { tarball } from './tarball.ts';

interface BuildLine {
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
}

/**
 * Builds with the engine's ordinary builder, which needs no session and keeps its layer cache: where nothing changed,
 * the image that comes out is the one that was there.
 */
export async function buildClassic(job: BuildJob): Promise<void> {
  const { client, dockerfile, parameters, cacheFrom, registries, progress } = job;
  let failure: unknown;
  const context = async function* () {
    try {
      yield* tarball(withDockerfile(buildContext(dockerfile), dockerfile));
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  const archive = Readable.from(context(), { objectMode: false });
  try {
    const stream = await client.docker.buildImage(archive, {
      ...parameters,
      // The image itself too: with a list, the builder looks nowhere else.
      ...(cacheFrom.length > 0 && { cachefrom: JSON.stringify([...cacheFrom, parameters.t]) }),
      dockerfile: dockerfile.nameInContext,
      rm: true,
      forcerm: true,
      registryconfig: registries as never,
    });
    await follow(stream, progress);
  } catch (thrown) {
    throw failure ?? thrown;
  } finally {
    archive.destroy();
  }
}

/** Passes lines on; ends with the builder's complaint and what the failed step printed last. */
async function follow(stream: NodeJS.ReadableStream, progress: (line: string) => void): Promise<void> {
  const step = lastLines(progress);
  // A step that fetches an image says `--->` when it has it.
  let fetching: string | undefined;
  for await (const { stream: output, status, error } of jsonLines<BuildLine>(stream)) {
    if (error !== undefined && fetching !== undefined) throw new BaseImageProblem(fetching, oneLine(error));
    if (error !== undefined) throw new Error([oneLine(error), ...step.last].join('; '));
    for (const text of plainLines(output ?? status ?? '')) {
      if (output !== undefined) fetching = /^Step \d+\/\d+ : ((FROM |COPY --from=).*)$/.exec(text)?.[1];
      if (/^(Step \d|---> )/.test(text)) step.clear();
      if (output === undefined || /^(Step \d|---> |Removing intermediate container)/.test(text))
        progress(text);
      else step.add(text);
    }
  }
}
