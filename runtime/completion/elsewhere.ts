import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Harvested } from '../execution/index.ts';
import { inChunks, linkOrCopy, mapInParallel, packedAtOnce } from '../workspace/index.ts';
import { destinationOf, isSamePlace, type Place, type Places } from './place.ts';

const filesAtOnce = 8;

/** What workspaces that are no directory of this machine call the products that they were given: `FileEntry.version` by relative path. */
export type StoredVersions = ReadonlyMap<string, string>;

/**
 * Puts files of outputs where OUTPUT_DIR as a whole does not go: as second names or copies in directories of this machine,
 * by `put` elsewhere. OUTPUT_DIR stays whole, so that whoever takes over after a crash does it all again, to the same
 * names. Each gets its name when all of it is there.
 * @param source absolute; where the content of OUTPUT_DIR is
 * @param writer says who writes: of the same one a broken write is taken up where it broke
 */
export async function publishElsewhere(
  source: string,
  files: Iterable<Harvested>,
  places: Places,
  writer: string,
): Promise<StoredVersions> {
  const directories = new Set<string>();
  const versions = new Map<string, string>();
  for (const some of inChunks(filesOf(files, places), packedAtOnce))
    await mapInParallel(some, filesAtOnce, async ({ file, place }) => {
      const { relativePath } = file;
      const [from, destination] = [path.join(source, relativePath), destinationOf(place)];
      if (destination === undefined) versions.set(relativePath, await put(from, file, place, writer));
      else directories.add(await link(from, path.join(destination, relativePath)));
    });
  for (const directory of directories) await sync(directory);
  return versions;
}

/** Takes away what `publishElsewhere` left in the main place, once the catalogue names it where it is now. */
export async function removePublished(files: Iterable<Harvested>, places: Places): Promise<void> {
  const destination = destinationOf(places.main);
  if (destination === undefined) return;
  for (const some of inChunks(filesOf(files, places), packedAtOnce))
    await mapInParallel(some, filesAtOnce, ({ file }) =>
      rm(path.join(destination, file.relativePath), { force: true }),
    );
}

/** The output that owns a file decides. */
export function placeOf({ outputs }: Pick<Harvested, 'outputs'>, { main, elsewhere }: Places): Place {
  return elsewhere.get(outputs.at(-1)!) ?? main;
}

function* filesOf(
  files: Iterable<Harvested>,
  places: Places,
): Generator<{ file: Harvested; place: Place }, void, undefined> {
  const isMoved = destinationOf(places.main) !== undefined;
  if (isMoved && places.elsewhere.size === 0) return;
  for (const file of files) {
    const place = placeOf(file, places);
    if (!isMoved || !isSamePlace(place, places.main)) yield { file, place };
  }
}

async function put(
  from: string,
  { relativePath, size, sha256 }: Harvested,
  { workspace, directory }: Place,
  writer: string,
): Promise<string> {
  const target = path.posix.join(directory, relativePath);
  const resume = `${writer}/${relativePath}/${sha256}`;
  const { version } = await workspace.put(target, (start) => createReadStream(from, { start }), {
    ...{ size, sha256, resume },
  });
  return version;
}

/** @returns its directory, absolute, to be synced */
async function link(from: string, target: string): Promise<string> {
  const directory = path.dirname(target);
  const partial = path.join(directory, `.seedbed-${randomUUID()}`);
  await mkdir(directory, { recursive: true });
  try {
    if ((await linkOrCopy(from, partial)) === 'copied') await sync(partial);
    await rename(partial, target);
  } finally {
    // A rename between two names of one file leaves both.
    await rm(partial, { force: true });
  }
  return directory;
}

async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
