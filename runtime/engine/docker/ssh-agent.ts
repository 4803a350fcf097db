import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/**
 * Connections through `ssh DESTINATION docker system dial-stdio`, as Docker's own command makes them: the user's ssh
 * configuration, keys and known hosts apply. (The library's ssh client checks no host key.)
 */
export function sshAgent(destination: string, port: string | undefined, keepAlive: boolean): Agent {
  const agent = new Agent({ keepAlive });
  const connect = (): Duplex => dial(destination, port);
  return Object.assign(agent, { createConnection: connect });
}

function dial(destination: string, port: string | undefined): Duplex {
  const options = ['-T', '-o', 'ConnectTimeout=30', ...(port ? ['-p', port] : [])];
  const child = spawn('ssh', [...options, '--', destination, 'docker', 'system', 'dial-stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: process.env,
  });
  const connection = Duplex.from({ writable: child.stdin, readable: child.stdout });
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => (complaint = (complaint + data.toString()).slice(-2000)));
  child.on('error', (error) => connection.destroy(error));
  child.on('close', (code) => {
    if (code) connection.destroy(Object.assign(new Error(complaint || `ssh ended with ${code}`), lost));
  });
  connection.on('close', () => child.kill());
  return Object.assign(connection, {
    ...socketMethods,
    unref: () => void child.unref(),
    ref: () => void child.ref(),
  });
}

const lost = { code: 'ECONNRESET' };

/** What node:http calls on a socket and a pipe does not have. */
const socketMethods = {
  setKeepAlive(): void {},
  setNoDelay(): void {},
  setTimeout(): void {},
};
