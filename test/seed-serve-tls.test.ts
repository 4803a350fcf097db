import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { engineOptions } from '../runtime/cli/serve/engine-option.ts';
import { readConfig } from '../runtime/config/index.ts';
import { createEngine } from '../runtime/engine/index.ts';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { canStartPrivateEngine } from './support/engine-private.ts';
import { type TlsEngine, tlsEngine, tlsGate } from './support/engine-tls.ts';
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
    ['otherKey', 'key.pem is not the key of cert.pem'],
    ['lockedKey', 'key.pem is encrypted, and must be without a passphrase'],
    ['noPem', 'key.pem is no private key in PEM'],
  ] as const)('says of certificates (%s) that %s', async (which, words) => {
    const [option] = engineOptions([`far=${far.host}?cert=${far.certificates[which]}`], process.env);
    await expect(createEngine(readConfig(), option!.env)).rejects.toMatchObject({
      error: 'engine-unreachable',
      message: expect.stringContaining(words),
    });
  });

  it('is spoken to with the certificates that are there now, because they are renewed in the life of a service', async () => {
    const gate = await tlsGate(far.engine.socket, far.server);
    const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-renewed-'));
    const put = (from: string) => cp(from, directory, { recursive: true });
    await put(far.certificates.good);
    const [option] = engineOptions([`far=${gate.host}?cert=${directory}`], process.env);
    const engine = await createEngine(readConfig(), option!.env);
    try {
      await expect(engine.listImages()).resolves.toBeDefined();
      await gate.renew(far.renewed.server);
      // On the connection that was cut.
      const cut = await engine.listImages().catch(String);
      expect(cut).toMatch(/it hung up; perhaps|not signed/);
      await expect(engine.listImages()).rejects.toMatchObject({
        error: 'engine-unreachable',
        message: expect.stringContaining('not signed by the CA in ca.pem'),
      });
      await put(far.certificates.noPem);
      await expect(engine.listImages()).rejects.toMatchObject({
        error: 'engine-unreachable',
        message: expect.stringContaining('key.pem is no private key in PEM'),
      });
      await put(far.renewed.client);
      await expect(engine.listImages()).resolves.toBeDefined();
    } finally {
      engine.close();
      await gate.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
});

async function tokenOf(home: string): Promise<string> {
  return (await readFile(`${home}/token`, 'utf8')).trim();
}
