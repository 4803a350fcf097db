import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { engineOptions } from '../runtime/cli/serve/engine-option.ts';
import { readConfig } from '../runtime/config/index.ts';
import { createEngine } from '../runtime/engine/index.ts';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { canStartPrivateEngine } from './support/engine-private.ts';
import { type TlsEngine, tlsEngine } from './support/engine-tls.ts';
import { manifestDocument } from './support/manifest.ts';
import { endServices, startService } from './support/service.ts';

const supported = canStartPrivateEngine ? describe : describe.skip;
const opened = testInstallation();
const image = 'seedbed-test-tls:1';

supported('an engine behind TLS', () => {
  let far: TlsEngine;
  beforeAll(async () => {
    far = await tlsEngine([image]);
  }, 60_000);
  afterAll(() => far.close());

  it('runs jobs of a service, and says why where it does not', async () => {
    const seedbed = await opened;
    const { host, certificates } = far;
    const service = await startService(seedbed, [
      ...['--engine', `near=${host}?cert=${certificates.good}`],
      ...['--engine', `lost=${host}?cert=${certificates.noClient}`],
    ]);
    try {
      const { env } = service;
      const nodes = await until('the lost node to be told', async () => {
        const { stdout } = await seedbed.run(['nodes', '--format', 'json'], { env });
        return stdout.includes('cert.pem or key.pem is missing') && stdout;
      });
      expect(nodes).toContain('"name": "near"');
      const outputs = { files: [{ name: 'OUT', pattern: 'out.txt' }] };
      const command = 'sh -c "cp /etc/hostname $OUTPUT_DIR/out.txt; echo over TLS"';
      const manifest = manifestDocument({ name: 'far', interface: { command, outputs } });
      const answer = await fetch(`${service.url}/v6/job-types/`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Token ${await tokenOf(seedbed.home)}`,
        },
        body: JSON.stringify({ manifest, docker_image: image }),
      });
      expect(answer.status).toBe(201);
      const { exit, stdout, stderr } = await seedbed.run(['submit', 'far', '--wait', '--format', 'json'], {
        env,
      });
      expect([exit, stderr]).toEqual([0, '']);
      const document = JSON.parse(stdout) as { outputs: { files: object } };
      expect(document).toMatchObject({ status: 'completed', outputs: { files: { OUT: [{}] } } });
      const rows = await seedbed.query('select n.name from job_exe e join node n on n.id = e.node_id');
      expect(rows).toEqual([{ name: 'near' }]);
    } finally {
      await service.stop();
      await endServices([service]);
    }
  });

  it.each([
    ['wrongCa', 'its certificate is not signed by the CA in ca.pem'],
    ['noClient', 'it wants a certificate of its client, and cert.pem or key.pem is missing'],
    ['expired', 'it refuses the certificate of its client: cert.pem has expired'],
    ['foreign', 'it refuses the certificate of its client, cert.pem'],
  ] as const)('says of certificates (%s) that %s', async (which, words) => {
    const [option] = engineOptions([`far=${far.host}?cert=${far.certificates[which]}`], process.env);
    await expect(createEngine(readConfig(), option!.env)).rejects.toMatchObject({
      error: 'engine-unreachable',
      message: expect.stringContaining(words),
    });
  });
});

async function tokenOf(home: string): Promise<string> {
  return (await readFile(`${home}/token`, 'utf8')).trim();
}
