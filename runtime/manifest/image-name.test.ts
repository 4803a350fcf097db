import { describe, expect, it } from '@jest/globals';
import { changed, completeManifest } from './complete-manifest.fixture.ts';
import { imageName } from './image-name.ts';
import { judgeManifest } from './judge.ts';
import type { Manifest } from './manifest.ts';

/** The grammar of references: path components of lower case with single separators, `__` or dashes; a tag of 128 at most. */
const reference = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

const named = (name: string, jobVersion: string, packageVersion: string): string =>
  imageName({
    job: { ...completeManifest.job, name, jobVersion, packageVersion } as unknown as Manifest['job'],
  });

describe('imageName', () => {
  it.each([
    ['my-job', '1.0.0', '2.0.0', 'my-job-1.0.0-seed:2.0.0'],
    ['my--job-', '1.0.0-rc.1', '2.0.0-RC.1', 'my--job--1.0.0-rc.1-seed:2.0.0-RC.1'],
    ['My-Job', '1.0.0-RC', '1.0.0', 'my-job-1.0.0-rc-seed:1.0.0'],
    ['job', '1.0.0+Build.5', '1.0.0+Build.5', 'job-1.0.0_build.5-seed:1.0.0_Build.5'],
    ['-job', '1.0.0', '1.0.0', expect.stringMatching(/^job-1\.0\.0-x[0-9a-f]{8}-seed:1\.0\.0$/)],
    ['---', '1.0.0', '1.0.0', expect.stringMatching(/^1\.0\.0-x[0-9a-f]{8}-seed:1\.0\.0$/)],
    ['job', '1.0.0-a.-b+-c', '1.0.0', expect.stringMatching(/^job-1\.0\.0-a-b-c-x[0-9a-f]{8}-seed:1\.0\.0$/)],
    ['j'.repeat(300), '1.0.0', '1.0.0', expect.stringMatching(/^j{160}-x[0-9a-f]{8}-seed:1\.0\.0$/)],
    [
      'job',
      '1.0.0',
      `1.0.0-${'r'.repeat(200)}`,
      expect.stringMatching(/^job-1\.0\.0-seed:1\.0\.0-r{112}-x[0-9a-f]{8}$/),
    ],
  ])('of %s %s, package %s', (name, jobVersion, packageVersion, expected) => {
    const image = named(name, jobVersion, packageVersion);
    expect(image).toEqual(expected);
    expect(image).toMatch(reference);
  });

  it('is a legal reference for every valid manifest, different for different ones but for their case', () => {
    const random = generator(20_241_122);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const word = (alphabet: string, longest: number): string =>
      Array.from({ length: 1 + Math.floor(random() * longest) }, () => pick([...alphabet])).join('');
    const version = (): string =>
      `${pick([0, 1, 12])}.0.${pick([0, 7])}${pick(['', '-'])}${word('aZ-.5-', 6)}${pick(['', '+'])}${word('bY0-.', 5)}`;
    const images = new Map<string, string>();
    let valid = 0;
    while (valid < 1000) {
      const [name, jobVersion, packageVersion] = [word('aB0--', pick([3, 10, 300])), version(), version()];
      const changes = changed(
        'job.jobVersion',
        jobVersion,
        changed('job.packageVersion', packageVersion) as object,
      );
      const { manifest } = judgeManifest(changed('job.name', name, changes as object));
      if (!manifest) continue;
      valid++;
      const image = imageName(manifest);
      expect(image).toMatch(reference);
      expect(image.length).toBeLessThanOrEqual(255 + 1 + 128);
      expect(imageName(manifest)).toBe(image);
      const original = `${name}-${jobVersion}`.toLowerCase() + packageVersion;
      expect(images.get(image) ?? original).toBe(original);
      images.set(image, original);
    }
    expect(images.size).toBeGreaterThan(700);
  });
});

/** A small congruential generator, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
