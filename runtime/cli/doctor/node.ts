import { failure, ok, type Verdict } from './check.ts';

/** The oldest Node.js that is supported: `engines` of package.json. */
const oldest = [20, 19] as const;

/** @param version as `process.versions.node` */
export function judgeNode(version: string): Verdict {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return ok(`Node.js ${version}`);
  return failure(`Node.js ${version}`, `Install Node.js ${oldest.join('.')} or later.`);
}
