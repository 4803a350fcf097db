import path from 'node:path';
import { checksumOf, type Client, type FileDetails } from '../../../client/index.ts';
import { reasonOf, SeedbedError } from '../../../errors/index.ts';
import type { GivenFile } from '../../run/input-files.ts';

/** A file of this machine that a service has. */
export interface SentFile {
  readonly row: FileDetails;
  readonly sha256: string;
  /** Here, absolute. */
  readonly path: string;
}

/** Files that are remembered: those that many rows share are few, and a row's own file is not asked for again. */
const most = 4096;

/**
 * Gives a service the files of rows, each content under its name once: what it has already is not sent, whoever sent it.
 */
export class Sources {
  readonly #client: Client;
  /** By path, size and time; also those that are on their way. */
  readonly #checksums = new Map<string, Promise<string>>();
  /** By content and name. */
  readonly #rows = new Map<string, Promise<FileDetails>>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** @throws input-not-found; what the service refuses; service-unreachable */
  async send(input: string, file: GivenFile): Promise<SentFile> {
    const name = path.basename(file.path);
    const stamp = `${file.size}-${file.mtimeNs}-${file.path}`;
    const sha256 = await once(this.#checksums, stamp, () => checksum(input, file.path));
    const row = await once(this.#rows, `${sha256}-${name}`, async () => {
      const known = await this.#client.knownFile(sha256, name);
      return known ?? (await this.#client.upload(file.path, name, sha256)).file;
    });
    return { row, sha256, path: file.path };
  }
}

async function checksum(name: string, file: string): Promise<string> {
  try {
    return await checksumOf(file);
  } catch (thrown) {
    throw new SeedbedError('input-not-found', { name, path: file, reason: reasonOf(thrown) });
  }
}

/** What fails is tried again by the next who asks. */
async function once<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const there = known.get(key);
  if (there) return there;
  const made = make();
  known.set(key, made);
  if (known.size > most) known.delete(known.keys().next().value!);
  try {
    return await made;
  } catch (thrown) {
    known.delete(key);
    throw thrown;
  }
}
