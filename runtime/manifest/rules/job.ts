import { below, found } from '../../../seed-schema/index.ts';
import { amount, member, text, type Draft, type Part } from '../draft.ts';
import type { Report } from '../findings.ts';

/** Characters that the columns of Scale's database take; its schema for manifests does not say so. */
const scaleLimits = { name: 50, jobVersion: 50, errorTitle: 50, errorDescription: 250 } as const;

/** Timeout, maintainer, and lengths. */
export function judgeJob({ job, errors }: Draft, report: Report): void {
  const timeout = amount(job, 'timeout');
  // Scale lets a job with the timeout 0 run for ever, and the published schema passes any integer.
  if (timeout !== undefined && timeout <= 0) {
    const path = below(job.path, 'timeout');
    report.warn(
      'INVALID_TIMEOUT',
      path,
      `${path} is ${timeout}, which is taken as no limit; give the seconds that the job may run`,
    );
  }
  judgeEmail(member(job, 'maintainer'), report);
  warnIfLong(job, 'name', scaleLimits.name, report);
  warnIfLong(job, 'jobVersion', scaleLimits.jobVersion, report);
  for (const error of errors) {
    warnIfLong(error, 'title', scaleLimits.errorTitle, report);
    warnIfLong(error, 'description', scaleLimits.errorDescription, report);
  }
}

function judgeEmail(maintainer: Part, report: Report): void {
  const email = text(maintainer, 'email');
  if (email === undefined || /^[^\s@[\]<>]+@[^\s@[\]<>]+$/.test(email)) return;
  const path = below(maintainer.path, 'email');
  report.warn('INVALID_EMAIL', path, `${path} is no e-mail address: ${found(email)}`);
}

function warnIfLong(part: Part, key: string, limit: number, report: Report): void {
  const value = text(part, key);
  if (value === undefined || value.length <= limit) return;
  const path = below(part.path, key);
  report.warn('LONG_NAME', path, `${path} has ${value.length} characters; Scale takes at most ${limit}`);
}
