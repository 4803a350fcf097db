import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDigestOf } from './digest.ts';

/** Characters of one configuration; what is longer is fetched each time. */
const longest = 256 * 1024;
/** Characters of the file: about ten thousand images. */
const most = 16 * 1024 * 1024;

/**
 * Configurations of images by their digest, kept in one file from one search to the next: they never change, and are what
 * costs a registry most (docker-registry takes 2.4 ms for each, and less than 1 ms for any other question). The file has a
 * line for each, its digest and its text as JSON, those used last first.
 */
export class KeptConfigurations {
  readonly #file: string;
  #lines: Promise<Map<string, string>> | undefined;
  readonly #used = new Map<string, string>();
  #isNews = false;

  /** @param directory where the file is or will be, e.g. `SEED_HOME/cache` */
  constructor(directory: string) {
    this.#file = path.join(directory, 'image-configurations');
  }

  /** The bytes with this digest; undefined where they are not kept, or are not what the digest says. */
  async get(digest: string): Promise<Buffer | undefined> {
    this.#lines ??= readLines(this.#file);
    const line = (await this.#lines).get(digest);
    if (line === undefined) return undefined;
    const content = contentOf(line);
    if (!content || !isDigestOf(content, digest)) return undefined;
    this.#used.set(digest, line);
    return content;
  }

  /** @param content bytes that have this digest */
  add(digest: string, content: Buffer): void {
    if (content.length > longest) return;
    this.#used.set(digest, JSON.stringify(content.toString()));
    this.#isNews = true;
  }

  /**
   * Writes the file, where there is anything new, with what others have added to it meanwhile. One that cannot be written
   * costs the next search its requests, nothing more.
   */
  async save(): Promise<void> {
    if (!this.#isNews) return;
    const part = `${this.#file}.${randomUUID()}`;
    try {
      await mkdir(path.dirname(this.#file), { recursive: true });
      // A name keeps its first place and its last value.
      const lines = new Map([...this.#used, ...(await readLines(this.#file)), ...this.#used]);
      await writeFile(part, firstOf(lines), { mode: 0o600 });
      await rename(part, this.#file);
    } catch {
      await rm(part, { force: true }).catch(() => {});
    }
  }
}

function firstOf(lines: ReadonlyMap<string, string>): string {
  let text = '';
  for (const [digest, line] of lines) if (text.length + line.length < most) text += `${digest} ${line}\n`;
  return text;
}

/** A file that is missing or not ours is as good as empty. */
async function readLines(file: string): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return new Map(
    text.split('\n').flatMap((line) => {
      const end = line.indexOf(' ');
      return end > 0 ? [[line.slice(0, end), line.slice(end + 1)]] : [];
    }),
  );
}

function contentOf(line: string): Buffer | undefined {
  try {
    return Buffer.from(String(JSON.parse(line)));
  } catch {
    return undefined;
  }
}
