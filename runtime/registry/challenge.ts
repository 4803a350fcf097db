/** How a registry wants to be asked (WWW-Authenticate). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service?: string; readonly scope?: string }
  | { readonly scheme: 'unknown'; readonly name: string };

/**
 * Reads a WWW-Authenticate header, which may hold several challenges (RFC 9110, section 11.6.1); Bearer is preferred to
 * Basic, as engines do.
 * @returns undefined without any
 */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const challenges = split(header ?? '').map(({ name, parameters }): Challenge => {
    const { realm, service, scope } = parameters;
    if (name === 'basic') return { scheme: 'basic' };
    if (name === 'bearer' && realm)
      return { scheme: 'bearer', realm, ...(service && { service }), ...(scope && { scope }) };
    return { scheme: 'unknown', name };
  });
  for (const scheme of ['bearer', 'basic', 'unknown']) {
    const found = challenges.find((challenge) => challenge.scheme === scheme);
    if (found) return found;
  }
  return undefined;
}

/** Each word that is not followed by `=` begins a challenge; what follows are its parameters. */
function split(header: string): { name: string; parameters: Record<string, string> }[] {
  const challenges: { name: string; parameters: Record<string, string> }[] = [];
  for (const [, key, quoted, plain, name] of header.matchAll(
    /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))|([\w-]+)(?=\s|,|$)/g,
  )) {
    if (name) challenges.push({ name: name.toLowerCase(), parameters: {} });
    else {
      const value = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
      const current = challenges.at(-1);
      if (current) current.parameters[key!.toLowerCase()] = value;
    }
  }
  return challenges;
}
