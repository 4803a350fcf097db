import { SeedbedError } from '../../errors/index.ts';

/** @throws embedded-database-unavailable where the server's binaries, built for glibc ≥ 2.27, cannot run */
export function requireGlibc(): void {
  if (process.platform !== 'linux') return;
  const reason = judgeGlibc(runningGlibc());
  if (reason) throw new SeedbedError('embedded-database-unavailable', { reason });
}

/** Why the server's binaries cannot run with that version of glibc; undefined: there is none (Alpine has musl). */
export function judgeGlibc(version: string | undefined): string | undefined {
  if (version === undefined)
    return 'its binaries need glibc, and this system has another C library (Alpine Linux has musl)';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 2 || (major === 2 && minor >= 27)) return undefined;
  return `its binaries need glibc 2.27, and this system has ${version}`;
}

/** From Node's own report (5 ms), without the names of network peers, which may take seconds. */
function runningGlibc(): string | undefined {
  const report = process.report as typeof process.report & { excludeNetwork?: boolean };
  const before = report.excludeNetwork ?? false;
  report.excludeNetwork = true;
  try {
    return (report.getReport() as { header?: { glibcVersionRuntime?: string } }).header?.glibcVersionRuntime;
  } finally {
    report.excludeNetwork = before;
  }
}
