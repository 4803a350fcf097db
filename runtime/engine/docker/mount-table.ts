import { readFile, realpath, stat } from 'node:fs/promises';

/** One line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)). */
export interface MountPoint {
  /** Device, root within it and mount point: what the engine must see in the same way. */
  readonly id: string;
  readonly path: string;
}

/** @param text of `/proc/self/mountinfo` */
export function parseMountTable(text: string): MountPoint[] {
  return text
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => fields.length > 4)
    .map(([, , device, root, point]) => ({ id: `${device} ${root} ${point}`, path: unescape(point!) }));
}

/** The mount that an absolute path without links lies on: the longest one, and the last where one hides another. */
export function mountOf(table: readonly MountPoint[], file: string): MountPoint | undefined {
  let found: MountPoint | undefined;
  for (const mount of table)
    if (isWithin(file, mount.path) && (!found || mount.path.length >= found.path.length)) found = mount;
  return found;
}

export function isWithin(file: string, directory: string): boolean {
  return directory === '/' || file === directory || file.startsWith(`${directory}/`);
}

/** Names the mount of each path; the device number where the system has no mount table. */
export async function mountIds(paths: readonly string[]): Promise<string[]> {
  const table = parseMountTable(await readFile('/proc/self/mountinfo', 'utf8').catch(() => ''));
  const ids: string[] = [];
  for (const file of paths) {
    const mount = mountOf(table, await realpath(file));
    ids.push(mount?.id ?? String((await stat(file)).dev));
  }
  return ids;
}

/** The kernel writes blanks, newlines and backslashes as octal numbers. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
