import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

/**
 * How to reach an engine, by the forms of DOCKER_HOST: `unix:///path`, `tcp://host:port` (TLS as Docker's own client
 * decides, by DOCKER_TLS_VERIFY and DOCKER_CERT_PATH). Undefined for other forms, such as ssh.
 */
export function connection(host) {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (!/^(tcp|https?):\/\//.test(host)) return undefined;
  const { hostname, port, protocol } = new URL(host.replace(/^tcp:/, 'http:'));
  const secure = protocol === 'https:' || Boolean(process.env.DOCKER_TLS_VERIFY);
  return { host: hostname, port: port || (secure ? 2376 : 2375), ...(secure && { tls: certificates() }) };
}

function certificates() {
  const directory = process.env.DOCKER_CERT_PATH;
  if (!directory) return {};
  const read = (name) => readFileSync(path.join(directory, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}

/**
 * One request to the engine's API. Resolves with `{status, text}` once the answer has ended.
 * @param body a readable stream, if any; @param idle milliseconds without a byte after which it is given up
 */
export function call(host, method, route, { body, idle = 10_000 } = {}) {
  const { tls, ...where } = connection(host);
  return new Promise((resolve, reject) => {
    const options = { ...where, ...tls, method, path: route, agent: false };
    const request = (tls ? https : http).request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
      response.on('error', reject);
    });
    request.setTimeout(idle, () => request.destroy(new Error(`no answer within ${idle / 1000} s`)));
    request.on('error', reject);
    if (body) body.on('error', (error) => request.destroy(error)).pipe(request);
    else request.end();
  });
}

/**
 * Whether a container engine answers at `host`.
 * @returns `{version}` such as `Docker 20.10.24`, or `{problem}`
 */
export async function probe(host) {
  try {
    const { status, text } = await call(host, 'GET', '/version', { idle: 3_000 });
    if (status !== 200) return { problem: `HTTP ${status}` };
    const { Version, Components = [] } = JSON.parse(text);
    const name = Components.some((part) => /podman/i.test(part.Name)) ? 'Podman' : 'Docker';
    return { version: `${name} ${Version}` };
  } catch (error) {
    return { problem: error.code ?? error.message };
  }
}
