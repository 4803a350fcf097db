import http from 'node:http';
import https from 'node:https';
import { gzipSync } from 'node:zlib';
import { certificate } from './registry-certificate.ts';
import { registryToken, sha256 } from './registry-token.ts';

const types = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};

/** A tar archive without files: an engine can pull it. */
const emptyArchive = Buffer.alloc(1024);
const layer = gzipSync(emptyArchive);

export interface TestImage {
  readonly labels?: Readonly<Record<string, string>>;
  /** As Docker calls it; `amd64` unless given. */
  readonly architecture?: string;
}

/** Puts things into a registry through its API, without an engine. */
export interface RegistryUploads {
  /** An image of one empty layer under `tag`. @returns its digest */
  putImage(repository: string, tag: string, image?: TestImage): Promise<string>;
  /** A manifest list of images of this repository. @returns its digest */
  putList(repository: string, tag: string, images: readonly TestImage[]): Promise<string>;
  /** Any manifest, e.g. the same under another tag. @returns its digest */
  putManifest(repository: string, tag: string, manifest: object): Promise<string>;
  /** Any blob. @returns its digest */
  putBlob(repository: string, content: Buffer): Promise<string>;
  /** The status of any other request, e.g. `DELETE /v2/a/manifests/sha256:...`. */
  request(method: string, path: string): Promise<number>;
  close(): void;
}

/** @param token of the registry's options, to sign tokens of one's own */
export function registryUploads(
  url: string,
  login?: { username: string; password: string },
  token?: { service: string; issuer: string },
): RegistryUploads {
  const secure = url.startsWith('https:');
  const agent = secure
    ? new https.Agent({ keepAlive: true, ca: certificate })
    : new http.Agent({ keepAlive: true });

  function authorization(path: string): Record<string, string> {
    if (login)
      return {
        authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`,
      };
    if (!token) return {};
    const name = /^\/v2\/(.+?)\/(?:blobs|manifests|tags)\//.exec(path)?.[1] ?? '';
    const access = [{ type: 'repository', name, actions: ['pull', 'push', 'delete'] }];
    return { authorization: `Bearer ${registryToken(token.issuer, token.service, access)}` };
  }

  function send(method: string, path: string, type = '', body?: Buffer): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...authorization(path),
        ...(type && { 'content-type': type }),
        'content-length': body?.length ?? 0,
      };
      const options: https.RequestOptions = { method, agent, headers };
      const request = (secure ? https : http).request(new URL(path, url), options, (response) => {
        response.resume();
        resolve(response);
      });
      request.on('error', reject).end(body);
    });
  }

  async function must(status: number, ...request: Parameters<typeof send>): Promise<http.IncomingMessage> {
    const response = await send(...request);
    if (response.statusCode !== status)
      throw new Error(`${request[0]} ${request[1]}: HTTP ${response.statusCode}`);
    return response;
  }

  const uploads: RegistryUploads = {
    async putBlob(repository, content) {
      const digest = sha256(content);
      const { headers } = await must(202, 'POST', `/v2/${repository}/blobs/uploads/`);
      const target = new URL(headers.location!, url);
      target.searchParams.set('digest', digest);
      await must(201, 'PUT', target.pathname + target.search, 'application/octet-stream', content);
      return digest;
    },
    async putManifest(repository, tag, manifest) {
      const body = Buffer.from(JSON.stringify(manifest));
      const type = (manifest as { mediaType: string }).mediaType;
      await must(201, 'PUT', `/v2/${repository}/manifests/${tag}`, type, body);
      return sha256(body);
    },
    async putImage(repository, tag, image = {}) {
      return uploads.putManifest(repository, tag, await manifestOf(repository, image));
    },
    async putList(repository, tag, images) {
      const manifests = [];
      for (const image of images) {
        const manifest = await manifestOf(repository, image);
        const text = JSON.stringify(manifest);
        const digest = await uploads.putManifest(repository, sha256(text), manifest);
        const platform = { os: 'linux', architecture: image.architecture ?? 'amd64' };
        manifests.push({ mediaType: types.manifest, size: text.length, digest, platform });
      }
      return uploads.putManifest(repository, tag, { schemaVersion: 2, mediaType: types.list, manifests });
    },
    async request(method, path) {
      return (await send(method, path)).statusCode!;
    },
    close: () => agent.destroy(),
  };

  async function manifestOf(repository: string, { labels = {}, architecture = 'amd64' }: TestImage) {
    const config = Buffer.from(
      JSON.stringify({
        architecture,
        os: 'linux',
        created: '2024-05-06T07:08:09Z',
        config: { Labels: labels },
        rootfs: { type: 'layers', diff_ids: [sha256(emptyArchive)] },
      }),
    );
    return {
      schemaVersion: 2,
      mediaType: types.manifest,
      config: {
        mediaType: types.config,
        size: config.length,
        digest: await uploads.putBlob(repository, config),
      },
      layers: [
        { mediaType: types.layer, size: layer.length, digest: await uploads.putBlob(repository, layer) },
      ],
    };
  }

  return uploads;
}
