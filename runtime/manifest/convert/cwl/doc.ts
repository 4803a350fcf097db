import type { Job } from '../../manifest.ts';

/** What a tool has no field for, in words. */
export function docOf(job: Job): string[] {
  const { maintainer } = job;
  const details = [maintainer.organization, maintainer.url, maintainer.phone].filter(Boolean);
  return [
    job.description,
    `Converted from the Seed job ${job.name}, version ${job.jobVersion}, package version ${job.packageVersion}.`,
    `Maintainer: ${[`${maintainer.name} <${maintainer.email}>`, ...details].join(', ')}`,
    ...(job.tags.length > 0 ? [`Tags: ${job.tags.join(', ')}`] : []),
    ...job.errors.map(({ code, name, title, description, category }) =>
      [`Exit code ${code} (${category}): ${name}`, title, description].filter(Boolean).join('. '),
    ),
  ];
}

/** The exit codes of a manifest's errors. 0 is success, whatever the manifest says. */
export function exitCodes({ errors }: Job): object {
  const codes = errors.map(({ code }) => code).filter((code) => code > 0 && code < 256);
  return codes.length > 0 ? { permanentFailCodes: codes } : {};
}
