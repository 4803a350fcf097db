import { loginFor } from '../../engine/index.ts';
import { readJobDirectory } from '../images/job-directory.ts';
import { oneImage } from '../images/one-image.ts';
import { write } from '../progress/writer.ts';
import { remoteName } from '../publish/remote-name.ts';
import { givenLogin } from '../registry-options.ts';
import { openRegistry } from '../../registry/index.ts';
import type { UnpublishOptions } from './options.ts';

/** `seed unpublish`. @returns 0 @throws the errors of registries */
export async function unpublish(argument: string | undefined, options: UnpublishOptions): Promise<0> {
  const image =
    oneImage('seed unpublish', argument, options.imageName) ??
    (await readJobDirectory(options.directory ?? '.', options)).reference;
  const remote = remoteName(image, options);
  const login = (await givenLogin(options)) ?? (await loginFor(remote.host));
  const registry = openRegistry(options.registry ?? remote.host, login ? { login } : {});
  try {
    await registry.remove(remote.repository, remote.tag);
    await write(process.stdout, `✔ ${remote.reference} removed from ${remote.host}\n`);
    return 0;
  } finally {
    registry.close();
  }
}
