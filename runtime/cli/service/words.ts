import type { ErrorDocument, JobRow, TypeName, WaitReason } from '../../client/index.ts';
import { codeOf } from './job-error.ts';

/** `2026-11-28 11:35:34`, UTC; a dash for what has not happened. */
export function moment(time: string | null): string {
  return time === null ? '-' : time.slice(0, 19).replace('T', ' ');
}

export function typeWords({ name, version }: TypeName): string {
  return `${name} ${version}`;
}

/** `timeout (SB2003): ...` */
export function errorWords(error: ErrorDocument): string {
  const { name, description } = error;
  return `${name} (${codeOf(error)})${description ? `: ${description}` : ''}`;
}

/** Where a job is, and why it is no further. */
export function stateWords(
  { id, status, node }: Pick<JobRow, 'id' | 'status' | 'node'>,
  [reason]: readonly WaitReason[],
): string {
  if (status === 'RUNNING' && !reason) return `job ${id} runs${node ? ` on ${node.name}` : ''}`;
  return `job ${id} is ${status}${reason ? `: ${reason.description}` : ''}`;
}

/** `2 jobs`, `1 job` */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
