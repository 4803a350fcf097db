import { readConfig } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { oneImage } from '../images/one-image.ts';
import { teller } from '../progress/teller.ts';
import { write } from '../progress/writer.ts';
import { remoteName } from '../publish/remote-name.ts';
import { givenLogin } from '../registry-options.ts';
import type { PullOptions } from './options.ts';

/** `seed pull`. @returns 0 @throws pull-refused, pull-unreachable, image-login-needed, image-login-refused */
export async function pull(argument: string | undefined, options: PullOptions): Promise<0> {
  const image = oneImage('seed pull', argument, options.imageName);
  if (image === undefined) throw new SeedbedError('invalid-usage', { problem: 'seed pull takes an image' });
  const remote = remoteName(image, options);
  const plain = `${remote.repository.split('/').at(-1)!}:${remote.tag}`;
  const login = await givenLogin(options);
  const say = teller(options);
  const engine = await createEngine(readConfig());
  try {
    const progress = (line: string) => say(line, true);
    await engine.pullImage(remote.reference, { progress, ...(login && { login }) });
    if (plain !== remote.reference) await engine.tagImage(remote.reference, plain);
    await write(process.stdout, `✔ ${remote.reference} pulled\n  seed run -in ${plain}\n`);
    return 0;
  } finally {
    engine.close();
  }
}
