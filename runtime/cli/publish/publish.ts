import type { PublishedDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { oneImage } from '../images/one-image.ts';
import { readJobDirectory } from '../images/job-directory.ts';
import { teller } from '../progress/teller.ts';
import { write } from '../progress/writer.ts';
import { givenLogin } from '../registry-options.ts';
import type { PublishOptions } from './options.ts';
import { publishImage } from './publish-image.ts';

/** `seed publish`. @returns 0 @throws what `publishImage` throws */
export async function publish(image: string | undefined, options: PublishOptions): Promise<0> {
  const config = readConfig();
  const job = () => readJobDirectory(options.directory ?? '.', options);
  const name = oneImage('seed publish', image, options.imageName) ?? (await job()).reference;
  const engine = await createEngine(config);
  try {
    const published = await publishImage({
      engine,
      image: name,
      job,
      login: await givenLogin(options),
      options,
      home: config.home,
      build: { pull: options.pull ?? config.pull },
      say: teller(options),
    });
    await write(process.stdout, options.format === 'json' ? asJson(published) : publishedText(published));
    return 0;
  } finally {
    engine.close();
  }
}

function asJson(published: PublishedDocument): string {
  return `${JSON.stringify(published, null, 2)}\n`;
}

/** Where the image is now. Pure. */
export function publishedText({ image, digest, already }: PublishedDocument): string {
  return `✔ ${image} ${already ? 'was published already, and is the same' : 'published'}\n  ${digest}\n`;
}
