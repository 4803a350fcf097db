import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { tarball } from '../../runtime/engine/docker/tarball.ts';
import { busyboxImage, testDocker } from './engine.ts';
import { writeFiles } from './cli-files.ts';
import { manifestDocument } from './manifest.ts';

type Named = { readonly name: string } & Readonly<Record<string, unknown>>;

/** The parts of a manifest that a test is about. */
export interface JobDraft {
  readonly name?: string;
  /** A shell script: the job's `command`, in which `sh` expands the variables. */
  readonly script?: string;
  /** `interface.command` as it stands, in place of a script. */
  readonly command?: string;
  readonly timeout?: number;
  readonly files?: readonly Named[];
  readonly json?: readonly Named[];
  readonly outputs?: readonly Named[];
  readonly outputJson?: readonly Named[];
  readonly mounts?: readonly Named[];
  readonly settings?: readonly Named[];
  readonly resources?: Readonly<Record<string, number>>;
  readonly scalar?: readonly Named[];
  readonly errors?: readonly Named[];
}

/** A manifest that declares the usual resources and nothing else unless the draft says so. */
export function manifestOf(draft: JobDraft): Record<string, unknown> {
  const resources = { cpus: 1, mem: 64, disk: 0, ...draft.resources };
  const command = draft.command ?? (draft.script === undefined ? undefined : `sh -c ${quoted(draft.script)}`);
  return manifestDocument({
    name: draft.name ?? 'test-job',
    timeout: draft.timeout ?? 60,
    interface: {
      ...(command !== undefined && { command }),
      inputs: { files: draft.files ?? [], json: draft.json ?? [] },
      outputs: { files: draft.outputs ?? [], json: draft.outputJson ?? [] },
      mounts: draft.mounts ?? [],
      settings: draft.settings ?? [],
    },
    resources: {
      scalar: draft.scalar ?? Object.entries(resources).map(([name, value]) => ({ name, value })),
    },
    errors: draft.errors ?? [],
  });
}

/** What Bash, and so `interface.command`, reads as this very text. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * An image of the test image with the draft's manifest in its label, made once for each content.
 * @param instructions of its Dockerfile, e.g. `USER 1234`
 * @param label the text of the label; by default the manifest as raw JSON
 * @returns its tag
 */
export async function jobImage(
  draft: JobDraft,
  instructions: readonly string[] = [],
  label = JSON.stringify(manifestOf(draft)),
): Promise<string> {
  const base = await busyboxImage();
  const dockerfile = [`FROM ${base}`, ...instructions, ''].join('\n');
  const hash = createHash('sha256').update(dockerfile).update(label).digest('hex').slice(0, 16);
  const tag = `seedbed-test-job:${hash}`;
  const { docker, close } = await testDocker();
  try {
    const known = await docker
      .getImage(tag)
      .inspect()
      .catch(() => undefined);
    if (known) return tag;
    const context = Readable.from(
      tarball([{ type: 'file', name: 'Dockerfile', content: Buffer.from(dockerfile), mode: 0o644 }]),
      { objectMode: false },
    );
    const labels = { 'com.ngageoint.seed.manifest': label };
    const progress = await docker.buildImage(context as NodeJS.ReadableStream, { t: tag, labels, rm: true });
    let text = '';
    for await (const chunk of progress as AsyncIterable<Buffer>) text += chunk.toString();
    if (text.includes('"error"')) throw new Error(text);
    return tag;
  } finally {
    close();
  }
}

/** Writes a job directory over the test image. @returns `directory` */
export async function jobDirectory(
  directory: string,
  draft: JobDraft,
  { dockerfile, files = {} }: { dockerfile?: string; files?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  return writeFiles(directory, {
    'seed.manifest.json': JSON.stringify(manifestOf(draft), null, 2),
    Dockerfile: dockerfile ?? `FROM ${await busyboxImage()}\n`,
    ...files,
  });
}
