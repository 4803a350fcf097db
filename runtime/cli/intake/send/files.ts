import path from 'node:path';
import { checksumOf, type Client, nameIn, type Persistence } from '../../../client/index.ts';
import type { FileReference, FileToCome, ServiceReference } from '../rows/reference.ts';
import type { Limit } from './limit.ts';

/** Files that are remembered: those that many tasks share are few. */
const most = 4096;

/** How files become what the service takes. */
export interface FileWay {
  /** @throws what the service refuses; intake-url-unreadable; service-unreachable */
  reference(file: FileReference): Promise<ServiceReference | FileToCome>;
}

/** Names the files that would be sent, and sends none. */
export const unsentFiles: FileWay = {
  reference: async (file) => {
    if ('local' in file) return { file_name: path.basename(file.local) };
    return 'fetch' in file ? { file_name: nameIn(file.fetch) } : file;
  },
};

/** Gives the service the files of tasks: what it has already by content and name is not sent again. */
export class Files implements FileWay {
  readonly #client: Client;
  readonly #limit: Limit;
  readonly #persistence: Persistence;
  readonly #signal: AbortSignal;
  /** Numbers of files by path or URL, also of those that are on their way. */
  readonly #sent = new Map<string, Promise<number>>();

  constructor(client: Client, limit: Limit, persistence: Persistence, signal: AbortSignal) {
    this.#client = client;
    this.#limit = limit;
    this.#persistence = persistence;
    this.#signal = signal;
  }

  async reference(file: FileReference): Promise<ServiceReference> {
    if ('local' in file) return { id: await this.#once(file.local, () => this.#send(file.local)) };
    if ('fetch' in file) return { id: await this.#once(file.fetch, () => this.#fetch(file.fetch)) };
    return file;
  }

  async #send(file: string): Promise<number> {
    const name = path.basename(file);
    const sha256 = await checksumOf(file);
    const known = await this.#client.knownFile(sha256, name, this.#persistence);
    if (known) return known.id;
    const options = { persistence: this.#persistence, signal: this.#signal };
    return (await this.#client.upload(file, name, sha256, options)).file.id;
  }

  async #fetch(url: string): Promise<number> {
    return (await this.#client.uploadUrl(url, this.#persistence, this.#signal)).id;
  }

  /** What fails is tried again by the next who asks. */
  #once(key: string, make: () => Promise<number>): Promise<number> {
    const there = this.#sent.get(key);
    if (there) return there;
    const made = this.#limit.run(make);
    this.#sent.set(key, made);
    if (this.#sent.size > most) this.#sent.delete(this.#sent.keys().next().value!);
    made.catch(() => this.#sent.delete(key));
    return made;
  }
}
