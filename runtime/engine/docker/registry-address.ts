/** Docker Hub is known, and its login stored, under its first address. */
export const hub = 'https://index.docker.io/v1/';

const hubHosts = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
]);

/** The registry of an image: the part before the first `/` where it looks like a host, else Docker Hub. */
export function registryOf(reference: string): string {
  const [first, ...rest] = reference.split('/');
  return rest.length > 0 && looksLikeHost(first!) ? server(first!) : hub;
}

/**
 * The registry that a text names: as an address (`host`, `host:5000`, `https://host/v1/`), or as that of an image
 * (`host/name:1`, `name`). What has no `/` and looks like a host is one.
 */
export function registryNamed(text: string): string {
  const address = /^https?:\/\/([^/]+)/i.exec(text)?.[1];
  if (address !== undefined) return server(address);
  return text.includes('/') ? registryOf(text) : looksLikeHost(text) ? server(text) : hub;
}

function looksLikeHost(text: string): boolean {
  return /[.:]/.test(text) || text === 'localhost';
}

function server(host: string): string {
  const name = host.toLowerCase();
  return hubHosts.has(name) ? hub : name;
}
