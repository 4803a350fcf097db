import { SeedbedError } from '../errors/index.ts';

/** Linux's MAX_ARG_STRLEN is 128 KiB with the NUL at the end: one argument, or one `NAME=value`. */
const longestString = 128 * 1024 - 1;

/** A process gets 2 MiB for arguments and environment with the usual stack; the image's own variables need some of it. */
const largestTotal = 2 * 2 ** 20 - 128 * 1024;

/** Each string costs its NUL and a pointer. */
const stringOverhead = 1 + 8;

/**
 * Refuses what `exec` could not pass on, before anything is started. Names and sizes are said, values never.
 * @throws environment-value-too-long, invalid-environment-value
 */
export function checkEnvironment(variables: Readonly<Record<string, string>>, argv: readonly string[]): void {
  let total = 0;
  const check = (name: string, text: string, what: string) => {
    const problem = unusable(text);
    if (problem) throw new SeedbedError('invalid-environment-value', { name, problem });
    const size = Buffer.byteLength(text);
    if (size > longestString)
      throw new SeedbedError('environment-value-too-long', { name, size, limit: longestString, what });
    total += size + stringOverhead;
  };
  for (const [name, value] of Object.entries(variables))
    check(`The variable ${name}`, `${name}=${value}`, 'a variable with its name');
  argv.forEach((argument, index) => check(`Argument ${index + 1} of the command`, argument, 'one argument'));
  if (total > largestTotal)
    throw new SeedbedError('environment-value-too-long', {
      name: 'The environment together with the command',
      size: total,
      limit: largestTotal,
      what: 'both together',
    });
}

function unusable(text: string): string | undefined {
  if (text.includes('\0')) return 'a NUL character';
  if (/\p{Surrogate}/u.test(text)) return 'half of a UTF-16 pair';
  return undefined;
}
