import { raised } from '../publish/raise-version.ts';
import type { NewFiles, NewJob } from './template.ts';

/**
 * A job directory that begins where an image ends: its manifest, and a Dockerfile upon it. With the name of the image's job
 * the packaging version is raised, or the build would take the image's own name from it. Pure.
 * @param text the manifest's own text
 */
export function filesFromImage(image: string, text: string, job: Partial<NewJob>): NewFiles {
  const document = JSON.parse(text) as { job: Record<string, unknown> & { packageVersion: string } };
  const isRenamed = job.name !== undefined && job.name !== document.job.name;
  const manifest = {
    ...document,
    job: {
      ...document.job,
      ...(job.name !== undefined && { name: job.name }),
      ...(job.title !== undefined && { title: job.title }),
      ...(!isRenamed && { packageVersion: raised(document.job.packageVersion, 'patch') }),
    },
  };
  return {
    'seed.manifest.json': { text: `${JSON.stringify(manifest, null, 2)}\n` },
    Dockerfile: { text: `FROM ${image}\n# COPY what changes; the entry point is that of ${image}.\n` },
  };
}
