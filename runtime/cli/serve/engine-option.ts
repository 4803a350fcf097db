import { statSync } from 'node:fs';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';

/** An engine of the command line: the name of its node, and the environment in which `createEngine` finds it. */
export interface EngineOption {
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
}

const schemes = ['unix:', 'tcp:', 'http:', 'https:', 'ssh:'];

/** Engines from `--engine NAME=URL`. @throws invalid-usage */
export function engineOptions(given: readonly string[], env: NodeJS.ProcessEnv): EngineOption[] {
  const seen = new Set<string>();
  return given.map((text) => {
    const [, name, url] = /^([^=\s]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || url === undefined) throw refuse(text, 'it takes NAME=URL');
    if (!/^[\w.-]{1,100}$/.test(name)) throw refuse(text, 'a name has letters, digits, ".", "_" and "-"');
    if (seen.has(name)) throw refuse(text, `there is another engine called ${name}`);
    seen.add(name);
    return { name, env: environmentOf(text, url, env) };
  });
}

function environmentOf(text: string, url: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const [address = '', query = ''] = url.split('?', 2);
  const scheme = /^[a-z]+:(?=\/\/)/.exec(address)?.[0];
  if (scheme === undefined || !schemes.includes(scheme))
    throw refuse(text, 'a URL begins with unix://, tcp://, https:// or ssh://');
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((name) => name !== 'cert');
  if (unknown !== undefined) throw refuse(text, `a URL takes the parameter cert, and no ${unknown}`);
  const { DOCKER_CONTEXT: _context, DOCKER_TLS_VERIFY: _verify, DOCKER_CERT_PATH: _path, ...rest } = env;
  const certificates = parameters.get('cert');
  if (certificates === null) return { ...rest, DOCKER_HOST: address };
  if (scheme === 'unix:' || scheme === 'ssh:') throw refuse(text, `${scheme}// takes no certificates`);
  const directory = path.resolve(certificates);
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw refuse(text, `there is no directory ${directory} with certificates`);
  return { ...rest, DOCKER_HOST: address, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: directory };
}

function refuse(text: string, problem: string): SeedbedError {
  return new SeedbedError('invalid-usage', { problem: `--engine ${text}: ${problem}` });
}
