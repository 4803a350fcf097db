import { expect, it } from '@jest/globals';
import { simulatedEngine, simulatedJob, simulatedKey } from '../../../test/support/simulated.ts';

it('lends each prepared network to one job at a time, until they are removed', async () => {
  const engine = await simulatedEngine();
  const networks = engine.prepareNetworks('seedbed-test', 'r');
  const [one, two] = [await networks.acquire(), await networks.acquire()];
  expect(one.network).not.toBe(two.network);
  one.release();
  one.release();
  const [again, third] = [await networks.acquire(), await networks.acquire()];
  expect(again.network).toBe(one.network);
  expect(third.network).not.toBe(one.network);
  expect(await engine.launch(simulatedJob({ network: two.network }), simulatedKey(1), 'r')).toMatchObject({
    adopted: false,
  });
  await networks.close();
  const late = engine.launch(simulatedJob({ network: two.network }), simulatedKey(2), 'r');
  await expect(late).rejects.toMatchObject({ error: 'network-not-found' });
  await expect(networks.acquire()).rejects.toMatchObject({ error: 'internal-error' });
});

it('removes the prepared networks of dead runtimes of the installation', async () => {
  const engine = await simulatedEngine();
  const acquire = async (installation: string, runtime: string) =>
    (await engine.prepareNetworks(installation, runtime).acquire()).network;
  const [dead, living, foreign] = [
    await acquire('mine', 'dead'),
    await acquire('mine', 'living'),
    await acquire('other', 'dead'),
  ];
  await engine.removeHelpers('mine', async (runtimes) => runtimes.filter((runtime) => runtime === 'dead'));
  const launch = (network: string, execution: number) =>
    engine.launch(simulatedJob({ network }), simulatedKey(execution), 'r');
  await expect(launch(dead, 1)).rejects.toMatchObject({ error: 'network-not-found' });
  await launch(living, 2);
  await launch(foreign, 3);
  expect(await engine.list('seedbed-test')).toHaveLength(2);
});
