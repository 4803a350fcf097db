import { Command } from 'commander';
import { repeated } from '../spelling/old-words.ts';

export interface ServeOptions {
  readonly host?: string;
  readonly port: string;
  readonly engine: readonly string[];
  readonly drain?: boolean;
  /** No token is needed: whoever reaches the service is its administrator. */
  readonly insecure?: boolean;
  readonly verbose?: boolean;
}

/** Describes `seed serve`. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description(
      'Run the jobs that others submit: a queue, its engines, and the REST service, in one process.',
    )
    .option('--host <ADDRESS>', 'address to listen on (default: 127.0.0.1, this machine only)')
    .option('--port <PORT>', 'port to listen on; 0: any that is free', '8420')
    .option('--engine <NAME=URL>', 'drive this engine; repeat it for several', repeated)
    .option('--drain', 'when told to stop, take no more jobs and wait for those that run')
    .option('--insecure', 'ask for no token: whoever reaches the address may do everything')
    .option('-v, --verbose', "print Seedbed's own diagnostics too")
    .addHelpText(
      'after',
      `
Without --engine, the engine of this machine is driven, under the name of the host. URLs are
those of DOCKER_HOST: unix:///var/run/docker.sock, tcp://HOST:2375, ssh://USER@HOST, and with
TLS tcp://HOST:2376?cert=DIR, where DIR holds ca.pem, cert.pem and key.pem. An engine that does
not answer keeps no other from working; its node is offline until it does.

Requests carry a token, which is made at the first start in SEED_HOME/token. An address that
other machines reach must be given with --host, and takes a token of your own in SEED_TOKEN;
names by which clients call the service go into SEED_ALLOWED_HOSTS. Users and their tokens are
made with \`seed users\` and \`seed tokens\`. In a container:
  SEED_TOKEN=... SEED_ALLOWED_HOSTS=seedbed seed serve --host 0.0.0.0

SIGTERM and Ctrl-C hand over: containers run on, and the next service goes on with them, or
another that drives the same engine. With --drain they are waited for. The second time, it
ends at once; nothing is lost then either.

Exit codes: 0 stopped, 2 an option cannot be understood, 3 database or address cannot be used.

Example:
  seed serve --port 8420`,
    );
  command.setOptionValueWithSource('engine', [], 'default');
  return command;
}
