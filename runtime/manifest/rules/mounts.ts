import path from 'node:path/posix';
import { found } from '../../../seed-schema/index.ts';
import { texts, type Draft } from '../draft.ts';
import type { Report } from '../findings.ts';
import { containerPaths } from '../names.ts';
import { repeats } from './repeats.ts';

/** Directories of a container that belong to the platform or to the kernel. */
const takenDirectories = [containerPaths.inputs, containerPaths.outputs, '/proc'];

/** Mount paths: absolute (the standard, "Mounts"), and clear of what the platform itself puts into the container. */
export function judgeMounts({ mounts }: Draft, report: Report): void {
  const free = texts(mounts, 'path').filter(({ value, path: where }) => {
    const problem = problemOfMountPath(value);
    if (problem) report.error('INVALID_MOUNT_PATH', where, `${where} is ${found(value)}: ${problem}`);
    return !problem;
  });
  for (const { value, path: where, owner } of repeats(free, directoryOf))
    report.error(
      'DUPLICATE_MOUNT_PATHS',
      where,
      `${where} is ${found(value)}, where ${owner} is mounted already; change one`,
    );
}

function problemOfMountPath(target: string): string | undefined {
  if (!target.startsWith('/')) return 'a mount path must be absolute';
  if (/[\0-\x1f\x7f]/.test(target)) return 'a mount path has no control characters';
  if (target.split('/').includes('..')) return 'a mount path has no ..';
  const directory = directoryOf(target);
  if (directory === '') return "a mount cannot take the place of the image's own files";
  const taken = takenDirectories.find((other) => holds(directory, other) || holds(other, directory));
  return taken && `${taken} is not free for mounts`;
}

function holds(directory: string, other: string): boolean {
  return `${other}/`.startsWith(`${directory}/`);
}

function directoryOf(target: string): string {
  return path.normalize(target).replace(/\/+$/, '').replace(/^\/+/, '/');
}
