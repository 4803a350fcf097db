import { readConfig } from '../../config/index.ts';
import { createEngine, type ImageDetails } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type Manifest, manifestFromLabels } from '../../manifest/index.ts';
import { bytes } from '../format.ts';
import { seedImage } from '../images/image-document.ts';
import { oneImage } from '../images/one-image.ts';
import { obtainImage } from '../images/obtain-image.ts';
import { write } from '../progress/writer.ts';
import { oneLine } from '../table.ts';
import { interfaceText } from './interface-text.ts';
import type { InspectOptions } from './options.ts';

/** `seed inspect IMAGE`. @returns 0 @throws target-not-found, manifest-not-found, invalid-manifest */
export async function inspect(image: string | undefined, options: InspectOptions): Promise<0> {
  const reference = oneImage('seed inspect', image, options.imageName);
  if (reference === undefined)
    throw new SeedbedError('invalid-usage', { problem: 'seed inspect takes an image' });
  const config = readConfig();
  const engine = await createEngine(config);
  try {
    const details = await obtainImage(engine, reference, { policy: options.pull ?? config.pull });
    const { manifest, text } = manifestFromLabels(details.labels, reference);
    const { document } = seedImage({ ...details, image: reference, digests: details.repoDigests });
    await write(
      process.stdout,
      options.format === 'json'
        ? `${JSON.stringify(document, null, 2)}\n`
        : asText(reference, details, manifest, JSON.parse(text) as unknown),
    );
    return 0;
  } finally {
    engine.close();
  }
}

function asText(reference: string, details: ImageDetails, manifest: Manifest, document: unknown): string {
  const { job } = manifest;
  const { name, email, organization } = job.maintainer;
  const facts = [
    ['title', job.title],
    ['description', job.description],
    ['job', `${job.name} ${job.jobVersion}, package ${job.packageVersion}`],
    ['tags', job.tags.join(', ')],
    ['maintainer', `${name} <${email}>${organization === undefined ? '' : `, ${organization}`}`],
    ['timeout', job.timeout > 0 ? `${job.timeout} s` : 'none'],
    ['size', bytes(details.size)],
    ['id', details.id],
    ['digest', details.repoDigests.join(', ')],
    ['created', details.created],
    ['platform', `${details.os}/${details.architecture}`],
    ['entry point', words(details.entrypoint)],
    ['arguments', words(details.command)],
    ['user', details.user],
  ].filter(([, value]) => value !== '');
  return [
    `${reference}\n`,
    ...facts.map(([label, value]) => `  ${label!.padEnd(13)}${oneLine(value!)}\n`),
    interfaceText(manifest),
    `\nManifest\n${printable(JSON.stringify(document, null, 2))}\n`,
  ].join('');
}

/** JSON with escapes for what a terminal would obey, or show in another order. */
function printable(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function words(list: readonly string[]): string {
  return list.length === 0 ? '' : JSON.stringify(list);
}
