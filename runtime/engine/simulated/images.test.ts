import { describe, expect, it } from '@jest/globals';
import {
  endless,
  simulatedEngine,
  simulatedImage,
  simulatedJob,
  simulatedKey,
} from '../../../test/support/simulated.ts';

const images = [
  { reference: simulatedImage, labels: { a: 'b' }, user: '1234' },
  { reference: 'host:5000/far:1', here: false },
  { reference: 'denied:1', here: false, registry: 'refuses' },
  { reference: 'host:5000/silent:1', here: false, registry: 'is unreachable' },
] as const;

describe('the images of a simulated engine', () => {
  it('are described and listed', async () => {
    const engine = await simulatedEngine({ images });
    const image = (await engine.inspectImage(simulatedImage))!;
    expect(image).toMatchObject({ labels: { a: 'b' }, user: '1234', tags: [simulatedImage] });
    expect(image.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await engine.inspectImage(image.id)).toEqual(image);
    expect((await engine.listImages()).map(({ tags }) => tags)).toEqual([[simulatedImage]]);
  });

  it('come from a registry, with their progress, or fail by name', async () => {
    const engine = await simulatedEngine({ images, pullMs: 1 });
    const lines: string[] = [];
    expect(await engine.inspectImage('host:5000/far:1')).toBeUndefined();
    await engine.pullImage('host:5000/far:1', { progress: (line) => lines.push(line) });
    expect(lines).toEqual(['pulling host:5000/far:1', 'pulled host:5000/far:1']);
    expect(await engine.inspectImage('host:5000/far:1')).toMatchObject({ tags: ['host:5000/far:1'] });
    for (const [name, error, words] of [
      ['denied:1', 'pull-refused', 'denied'],
      ['unknown', 'pull-refused', 'unknown'],
      ['host:5000/silent:1', 'pull-unreachable', 'registry host:5000 '],
    ] as const)
      await expect(engine.pullImage(name)).rejects.toMatchObject({
        error,
        message: expect.stringContaining(words),
      });
  });

  it('take their time to come, each its own', async () => {
    const slow = { reference: 'slow:1', here: false, pullMs: Infinity };
    const engine = await simulatedEngine({ images: [slow, { reference: 'fast:1', here: false }] });
    const pulled: string[] = [];
    void engine.pullImage('slow:1').then(() => pulled.push('slow'));
    await engine.pullImage('fast:1').then(() => pulled.push('fast'));
    expect(pulled).toEqual(['fast']);
    expect(await engine.inspectImage('slow:1')).toBeUndefined();
  });

  it('have a name more and a name less, and go with the last one, to be pulled again', async () => {
    const engine = await simulatedEngine({ images });
    const { id } = (await engine.inspectImage(simulatedImage))!;
    await engine.tagImage(simulatedImage, 'other');
    expect((await engine.inspectImage('other:latest'))!.tags).toEqual([simulatedImage, 'other:latest']);
    await engine.untagImage('other');
    await expect(engine.untagImage(id)).rejects.toMatchObject({ error: 'invalid-image-name' });
    await expect(engine.tagImage(id, 'No Name')).rejects.toMatchObject({ error: 'invalid-image-name' });
    await engine.untagImage(simulatedImage);
    expect(await engine.inspectImage(id)).toBeUndefined();
    await expect(engine.untagImage(simulatedImage)).rejects.toMatchObject({ error: 'image-not-found' });
    await engine.pullImage(simulatedImage);
    expect((await engine.inspectImage(simulatedImage))!.id).toBe(id);
  });

  it('stay while a container is made of them', async () => {
    const engine = await simulatedEngine({ durationMs: endless });
    await engine.launch(simulatedJob(), simulatedKey(1), 'r');
    await expect(engine.untagImage(simulatedImage)).rejects.toMatchObject({ error: 'engine-error' });
    await engine.remove(simulatedKey(1));
    await engine.untagImage(simulatedImage);
    expect(await engine.listImages()).toEqual([]);
  });

  it('are pushed, and never built', async () => {
    const engine = await simulatedEngine();
    expect((await engine.pushImage(simulatedImage)).digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    await expect(engine.pushImage('absent:1')).rejects.toMatchObject({ error: 'image-not-found' });
    const request = { directory: '/', tag: 'x:1', labels: {} };
    await expect(engine.buildImage(request)).rejects.toMatchObject({ error: 'build-failed' });
  });
});
