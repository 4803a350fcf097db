import type { Judgement } from '../../client/index.ts';
import { print } from '../service/print.ts';
import { oneLine } from '../table.ts';

/** Prints how a file was judged. @returns 0: nothing is wrong with it; 2 otherwise */
export async function printJudgement(format: 'text' | 'json', judged: Judgement): Promise<0 | 2> {
  process.stderr.write(judgementText(judged));
  await print(format, judged, () => (judged.is_valid ? 'It can be saved.\n' : ''));
  return judged.is_valid ? 0 : 2;
}

/** Every error, then every warning, on a line each. Pure. */
export function judgementText({ errors, warnings }: Judgement): string {
  const lines = (kind: string, findings: Judgement['errors']) =>
    findings.map(({ name, description }) => `${kind} ${name}: ${oneLine(description)}\n`);
  return [...lines('error', errors), ...lines('warning', warnings)].join('');
}
