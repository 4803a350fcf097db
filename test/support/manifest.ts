import { judgeManifest, type Manifest } from '../../runtime/manifest/index.ts';

/** A valid manifest as its author writes it. @param job members of `job` that differ */
export function manifestDocument(job: Record<string, unknown> = {}): {
  seedVersion: string;
  job: Record<string, unknown>;
} {
  return {
    seedVersion: '1.0.0',
    job: {
      name: 'test-job',
      jobVersion: '1.0.0',
      packageVersion: '1.0.0',
      title: 'Test job',
      description: 'Proves something.',
      maintainer: { name: 'Jane Doe', email: 'jane@example.com' },
      timeout: 60,
      ...job,
    },
  };
}

/** The same, judged and with its defaults. */
export function testManifest(job: Record<string, unknown> = {}): Manifest {
  const { manifest, errors } = judgeManifest(manifestDocument(job));
  if (!manifest) throw new Error(errors.map(({ description }) => description).join('; '));
  return manifest;
}
