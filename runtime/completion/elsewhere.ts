import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Harvested } from '../execution/index.ts';
import { linkOrCopy, mapInParallel } from '../workspace/index.ts';
import type { Place, Places } from './place.ts';

const filesAtOnce = 8;

/**
 * Puts files of outputs that have a workspace of their own there, as second names or copies: OUTPUT_DIR stays whole, so
 * that whoever takes over after a crash does it all again. Each gets its name when all of it is there.
 * @param source absolute; where the content of OUTPUT_DIR is
 */
export async function publishElsewhere(
  source: string,
  files: readonly Harvested[],
  places: Places,
): Promise<void> {
  const directories = new Set<string>();
  await mapInParallel(filesOf(files, places), filesAtOnce, async ({ relativePath, place }) => {
    const target = path.join(place.destination, relativePath);
    const directory = path.dirname(target);
    const partial = path.join(directory, `.seedbed-${randomUUID()}`);
    await mkdir(directory, { recursive: true });
    try {
      if ((await linkOrCopy(path.join(source, relativePath), partial)) === 'copied') await sync(partial);
      await rename(partial, target);
    } finally {
      // A rename between two names of one file leaves both.
      await rm(partial, { force: true });
    }
    directories.add(directory);
  });
  for (const directory of directories) await sync(directory);
}

/** Takes away what `publishElsewhere` left in the main place, once the catalogue names it where it is now. */
export async function removePublished(files: readonly Harvested[], places: Places): Promise<void> {
  await mapInParallel(filesOf(files, places), filesAtOnce, ({ relativePath }) =>
    rm(path.join(places.main.destination, relativePath), { force: true }),
  );
}

/** The output that owns a file decides. */
export function placeOf({ outputs }: Pick<Harvested, 'outputs'>, { main, elsewhere }: Places): Place {
  return elsewhere.get(outputs.at(-1)!) ?? main;
}

/** Two workspaces may be one directory: what goes from the one to the other stays where it is. */
function filesOf(files: readonly Harvested[], places: Places) {
  return files
    .map((file) => ({ relativePath: file.relativePath, place: placeOf(file, places) }))
    .filter(({ place }) => place.destination !== places.main.destination);
}

async function sync(place: string): Promise<void> {
  const handle = await open(place, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
