import { below } from '../../../seed-schema/index.ts';
import { amount, type Draft } from '../draft.ts';
import type { Report } from '../findings.ts';

/** Exit codes of the error mapping (the standard, "Errors"). */
export function judgeErrors({ errors }: Draft, report: Report): void {
  const owners = new Map<number, string>();
  for (const error of errors) {
    const code = amount(error, 'code');
    if (code === undefined || !Number.isInteger(code)) continue;
    const path = below(error.path, 'code');
    const owner = owners.get(code);
    if (owner !== undefined)
      report.warn(
        'DUPLICATE_ERROR_CODES',
        path,
        `${path} is ${code}, which ${owner} is already; the last one counts`,
      );
    owners.set(code, path);
    if (code === 0)
      report.warn('INVALID_ERROR_CODE', path, `${path} is 0, with which a job completes; no error has it`);
    else if (code < 1 || code > 255)
      report.warn('INVALID_ERROR_CODE', path, `${path} is ${code}; a process ends with a code from 0 to 255`);
  }
}
