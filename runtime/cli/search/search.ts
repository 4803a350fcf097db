import path from 'node:path';
import type { ImagesDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { loginFor } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import {
  findSeedImages,
  KeptConfigurations,
  openRegistry,
  readAddress,
  type SeedImage as FoundImage,
} from '../../registry/index.ts';
import { manifestLabelName } from '../../manifest/index.ts';
import { seedImage, type SeedImage } from '../images/image-document.ts';
import { imageProblems, imageTable } from '../images/image-table.ts';
import { matches } from '../images/keyword.ts';
import { write } from '../progress/writer.ts';
import { givenLogin, organisation } from '../registry-options.ts';
import { oneLine } from '../table.ts';
import type { SearchOptions } from './options.ts';

/** Where seed-cli looked: Docker Hub has no list of everything. */
const hub = { host: 'docker.io', organisation: 'geoint' };

/**
 * `seed search`.
 * @returns 0
 * @throws the errors of registries when the catalogue itself cannot be read, or nothing of what it lists
 */
export async function search(argument: string | undefined, options: SearchOptions): Promise<0> {
  if (argument !== undefined && options.filter !== undefined)
    throw new SeedbedError('invalid-usage', {
      problem: 'The keyword is given once, as the argument or with -f',
    });
  const { host } = readAddress(options.registry ?? hub.host);
  const organization = organisation(options.org) ?? (host === hub.host ? hub.organisation : undefined);
  const login = (await givenLogin(options)) ?? (await loginFor(host));
  const kept = new KeptConfigurations(path.join(readConfig().home, 'cache'));
  const registry = openRegistry(options.registry ?? host, { kept, ...(login && { login }) });
  const images: SeedImage[] = [];
  const failures: SeedbedError[] = [];
  let others = 0;
  const query = { label: manifestLabelName, organization, passedOver: () => others++ };
  try {
    for await (const found of findSeedImages(registry, query))
      if ('problem' in found) failures.push(found.problem);
      else images.push(asSeedImage(host, found));
  } finally {
    registry.close();
    await kept.save();
  }
  const problems = failures.map(({ message }) => oneLine(message));
  const failure = images.length + others === 0 ? gravest(failures) : undefined;
  const wanted = images
    .filter(({ document }) => matches(document, argument ?? options.filter))
    .toSorted((a, b) => (a.document.image < b.document.image ? -1 : 1));
  if (options.format === 'json') {
    const document: ImagesDocument = { images: wanted.map((one) => one.document), problems };
    await write(process.stdout, `${JSON.stringify(document, null, 2)}\n`);
    if (failure) throw failure;
    return 0;
  }
  if (failure) {
    for (const one of failures) if (one !== failure) process.stderr.write(`${oneLine(one.message)}\n`);
    throw failure;
  }
  await write(process.stdout, wanted.length === 0 ? `No Seed images in ${host}.\n` : imageTable(wanted));
  for (const problem of [...imageProblems(wanted), ...problems]) process.stderr.write(`${problem}\n`);
  return 0;
}

/** The one that ends with the highest exit code. */
function gravest(failures: readonly SeedbedError[]): SeedbedError | undefined {
  return failures.toSorted((a, b) => b.exit - a.exit)[0];
}

function asSeedImage(host: string, { repository, tag, image }: FoundImage): SeedImage {
  const prefix = host === hub.host ? '' : `${host}/`;
  return seedImage({
    image: `${prefix}${repository}:${tag}`,
    labels: image.labels,
    size: image.size,
    created: image.created ?? null,
    id: image.id,
    digests: [image.digest],
  });
}
