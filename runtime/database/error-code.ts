/**
 * The SQLSTATE that the server gave, or the operating system's code, e.g. `40001` or `ENOENT`. Goes by the shape and
 * not by `instanceof`, which fails for errors that Node makes for code inside a vm context.
 */
export function codeOf(thrown: unknown): string | undefined {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a thrown value has one of these codes. */
export function hasCode(thrown: unknown, ...codes: string[]): boolean {
  return codes.includes(codeOf(thrown) ?? '');
}

/** What a thrown value says, without its stack and final full stop. */
export function messageOf(thrown: unknown): string {
  const text =
    typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : undefined;
  return (typeof text === 'string' && text !== '' ? text : String(thrown)).trim().replace(/\.$/, '');
}
