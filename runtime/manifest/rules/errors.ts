import { below } from '../../../seed-schema/index.ts';
import { amount, type Draft } from '../draft.ts';
import type { Report } from '../findings.ts';
import { repeats } from './repeats.ts';

/** Exit codes of the error mapping (the standard, "Errors"). */
export function judgeErrors({ errors }: Draft, report: Report): void {
  const codes = errors.flatMap((error) => {
    const value = amount(error, 'code');
    if (value === undefined || !Number.isInteger(value)) return [];
    return [{ value, path: below(error.path, 'code') }];
  });
  for (const { value, path, owner } of repeats(codes))
    report.warn(
      'DUPLICATE_ERROR_CODES',
      path,
      `${path} is ${value}, which ${owner} is already; the last one counts`,
    );
  for (const { value: code, path } of codes)
    if (code === 0)
      report.warn('INVALID_ERROR_CODE', path, `${path} is 0, with which a job completes; no error has it`);
    else if (code < 1 || code > 255)
      report.warn('INVALID_ERROR_CODE', path, `${path} is ${code}; a process ends with a code from 0 to 255`);
}
