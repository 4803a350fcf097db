import colors from 'picocolors';
import type { DoctorDocument } from '../../../seed-schema/index.ts';
import { safe } from '../progress/job-lines.ts';
import type { Check } from './check.ts';

const signs: Readonly<Record<Check['status'], string>> = {
  ok: colors.green('✔'),
  warning: colors.yellow('▲'),
  failure: colors.red('✘'),
};

/** A diagnosis for people: a line for each check, and below it what to do. */
export function asText({ is_well, checks }: DoctorDocument): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, found, advice }) => [
    `${signs[status]} ${name.padEnd(width)}  ${oneLine(found)}`,
    ...(advice === null ? [] : [`  ${' '.repeat(width)}  ${oneLine(advice)}`]),
  ]);
  const count = (status: Check['status']) => checks.filter((one) => one.status === status).length;
  const [failures, warnings] = [count('failure'), count('warning')];
  const verdict = is_well ? 'Jobs can run' : 'Jobs cannot run';
  return `${lines.join('\n')}\n\n${verdict} (failures: ${failures}, warnings: ${warnings})\n`;
}

function oneLine(text: string): string {
  return safe(text.replace(/\s*\n\s*/g, ' '));
}
