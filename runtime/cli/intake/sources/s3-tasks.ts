import { SeedbedError } from '../../../errors/index.ts';
import { pathFilter } from '../../ingest/path-pattern.ts';
import { inputForFiles } from '../rows/declared.ts';
import { LeftOut } from './left-out.ts';
import type { Source, SourceContext, SourceTask } from './sources.ts';

/**
 * A task for each object below `s3://BUCKET/PREFIX`. The command lists them, with the credentials of its environment (AWS_...);
 * the service finds each in its catalogue.
 * @throws intake-value-invalid, intake-source-unusable
 */
export async function s3Tasks(uri: string, context: SourceContext): Promise<Source> {
  const input = inputForFiles(context.declared, context.input);
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?([^]*)$/.exec(uri) ?? [];
  if (bucket === undefined)
    throw new SeedbedError('intake-source-unusable', {
      source: uri,
      problem: 'it is not s3://BUCKET/PREFIX',
    });
  // A large library, needed here only.
  const { S3Workspace } = await import('../../../workspace/index.ts');
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  const endpoint = AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL || undefined;
  const directory = prefix.replace(/\/+$/, '');
  const workspace = new S3Workspace({ id: 0, name: uri, bucket, prefix: directory, endpoint });
  await workspace.look().catch((thrown: unknown) => {
    const problem = thrown instanceof SeedbedError ? thrown.sentence : String(thrown);
    throw new SeedbedError('intake-source-unusable', { source: uri, problem });
  });
  const filter = pathFilter(context.globs, []);
  const leftOut = new LeftOut(uri, 'object');
  async function* read(): AsyncGenerator<SourceTask> {
    for await (const page of workspace.list())
      for (const { path } of page) {
        if (!filter.takesFile(path)) continue;
        leftOut.takes();
        const url = `s3://${bucket}/${directory === '' ? path : `${directory}/${path}`}`;
        yield { where: url, inputs: new Map([[input.name, url]]), settings: new Map(), isText: true };
      }
    leftOut.end();
  }
  return { read, close: async () => undefined };
}
