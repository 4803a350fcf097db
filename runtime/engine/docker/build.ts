import { Readable } from 'node:stream';
import type { BuildRequest, ImageDetails } from '../engine.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { buildContext, requireDockerfile } from './build-context.ts';
import type { Client } from './client.ts';
import { allCredentials } from './credentials.ts';
import { engineFailure, engineReason, isConnectionLost, oneLine } from './failures.ts';
import { inspectImage } from './inspect-image.ts';
import { jsonLines } from './json-lines.ts';
import { tarball } from './tarball.ts';

interface BuildLine {
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
}

/** Lines of output that explain a failed step. */
const linesShown = 3;

/**
 * Builds with the engine's classic builder, which needs no session and keeps its layer cache: where nothing changed, the
 * image that comes out is the one that was there.
 * @param configuration Docker's configuration directory, for logins to the registries of base images
 * @throws build-failed
 */
export async function buildImage(
  client: Client,
  configuration: string,
  { directory, tag, labels }: BuildRequest,
  progress: (line: string) => void,
): Promise<ImageDetails> {
  const refuse = (reason: string, cause?: unknown) =>
    new SeedbedError('build-failed', { image: tag, reason, directory }, { cause });
  let failure: unknown;
  const context = async function* () {
    try {
      yield* tarball(buildContext(directory));
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  const archive = Readable.from(context(), { objectMode: false });
  try {
    await requireDockerfile(directory);
    const registries = await allCredentials(configuration);
    const stream = await client.docker.buildImage(archive, {
      t: tag,
      labels: { ...labels },
      rm: true,
      forcerm: true,
      registryconfig: registries as never,
    });
    await follow(stream, progress);
    const image = await inspectImage(client, tag);
    if (image) return image;
    throw new Error('the engine has no such image after the build');
  } catch (thrown) {
    if (failure === undefined && isConnectionLost(thrown))
      throw engineFailure(client.where, `build ${tag}`, thrown);
    throw refuse(failure === undefined ? engineReason(thrown) : oneLine(reasonOf(failure)), thrown);
  } finally {
    archive.destroy();
  }
}

/** Passes lines on; ends with the builder's complaint and what the failed step printed last. */
async function follow(stream: NodeJS.ReadableStream, progress: (line: string) => void): Promise<void> {
  const last: string[] = [];
  for await (const { stream: output, status, error } of jsonLines<BuildLine>(stream)) {
    if (error !== undefined) throw new Error([oneLine(error), ...last].join('; '));
    for (const line of (output ?? status ?? '').split('\n')) {
      const text = oneLine(stripControls(line));
      if (text === '') continue;
      progress(text);
      if (/^(Step \d|---> )/.test(text)) last.length = 0;
      else if (output !== undefined && !/^Removing intermediate container/.test(text)) last.push(text);
      if (last.length > linesShown) last.shift();
    }
  }
}

/** Colours and cursor movements. */
function stripControls(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ' ');
}
