import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { debianRelease, hasProgram, install } from './system.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** As in Debian's own slim images: no documentation but the licences, no translations, no package archives kept. */
const slim = [
  '--aptopt=Acquire::Languages "none"',
  '--dpkgopt=path-exclude=/usr/share/doc/*',
  '--dpkgopt=path-include=/usr/share/doc/*/copyright',
  '--dpkgopt=path-exclude=/usr/share/man/*',
  '--dpkgopt=path-exclude=/usr/share/info/*',
  '--dpkgopt=path-exclude=/usr/share/locale/*',
  // Not as an --aptopt: mmdebstrap itself needs what it downloaded.
  `--customize-hook=echo 'APT::Keep-Downloaded-Packages "false";' > "$1/etc/apt/apt.conf.d/keep-nothing"`,
];

/**
 * Makes Debian's root filesystem from its packages, as a tar archive in `directory` (about 125 MB, a minute).
 * @param include packages besides those that none goes without
 * @returns the archive's path
 */
export async function debianRootFilesystem(directory, { suite = 'bookworm', include = [] } = {}) {
  const missing = [];
  if (!hasProgram('mmdebstrap')) missing.push('mmdebstrap');
  if (!existsSync(keyring)) missing.push('debian-archive-keyring');
  if (missing.length > 0) await install('base image', missing);
  const tarball = path.join(directory, 'root.tar');
  await run('mmdebstrap', [
    '--variant=minbase',
    `--keyring=${keyring}`,
    ...slim,
    ...(include.length > 0 ? [`--include=${include.join(',')}`] : []),
    suite,
    tarball,
    ...sources(suite),
  ]);
  return tarball;
}

/** The machine's own mirrors on Debian, for our suite whatever its release; elsewhere mmdebstrap's default. */
function sources(suite) {
  const host = debianRelease();
  if (host?.id !== 'debian') return [];
  const entries = sourceFiles().flatMap(({ file, text }) =>
    file.endsWith('.list') ? oneLine(text) : deb822(text),
  );
  const mirror = (pocket) =>
    entries.find(
      ({ suites, components }) => suites.includes(`${host.codename}${pocket}`) && components.includes('main'),
    );
  return ['', '-updates', '-security']
    .filter((pocket) => mirror(pocket))
    .map((pocket) => `deb [signed-by=${keyring}] ${mirror(pocket).uri} ${suite}${pocket} main`);
}

function sourceFiles() {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  return ['/etc/apt/sources.list', ...names]
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

/** `deb [options] uri suite component...` (sources.list(5)). */
function oneLine(text) {
  return [...text.matchAll(/^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)$/gm)].map(
    ([, uri, name, rest]) => ({
      uri,
      suites: [name],
      components: rest.split(/\s+/),
    }),
  );
}

/** Paragraphs of `Key: value` (sources.list(5), "DEB822-STYLE FORMAT"). */
function deb822(text) {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const words = (key) => new RegExp(`^${key}:(.*)$`, 'mi').exec(paragraph)?.[1].trim().split(/\s+/) ?? [];
    return words('URIs').map((uri) => ({ uri, suites: words('Suites'), components: words('Components') }));
  });
}
