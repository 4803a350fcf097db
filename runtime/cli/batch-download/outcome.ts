import path from 'node:path';
import type { BatchRow } from '../../client/index.ts';
import { bytes } from '../format.ts';
import type { GotFile } from '../get/fetch-files.ts';
import { counted } from '../service/words.ts';
import type { Checksums } from './checksums.ts';
import { isOver, standing } from './find-batches.ts';
import type { PlacedFile } from './layout.ts';

/** What has become of the files of a download. */
export class Outcome {
  readonly checksums: Checksums;
  /** Why, by path below the directory. */
  readonly failed = new Map<string, { readonly id: number; readonly reason: string }>();
  /** Nothing more comes. */
  isOver = false;
  readonly #root: string;
  #batches: readonly BatchRow[] = [];
  /** Ids of those that are there, by path. */
  readonly #done = new Map<string, number>();
  #fetched = { files: 0, bytes: 0 };
  #known = 0;

  constructor(root: string, checksums: Checksums) {
    this.#root = root;
    this.checksums = checksums;
  }

  begin(batches: readonly BatchRow[]): void {
    this.#batches = batches;
  }

  isDone(file: PlacedFile): boolean {
    return this.#done.get(placeOf(file)) === file.id;
  }

  add(file: PlacedFile, { status, sha256, reason }: GotFile): void {
    const place = placeOf(file);
    if (status === 'failed') {
      this.failed.set(place, { id: file.id, reason: reason ?? '' });
      return;
    }
    this.failed.delete(place);
    this.#done.set(place, file.id);
    this.checksums.set(place, sha256!);
    if (status === 'known') this.#known += 1;
    else this.#fetched = { files: this.#fetched.files + 1, bytes: this.#fetched.bytes + file.file_size };
  }

  /** For programs. */
  document(from: string): object {
    const batches = this.#batches.map((batch) => ({
      id: batch.id,
      name: batch.name,
      is_over: isOver(batch),
    }));
    const failed = [...this.failed].map(([place, { id, reason }]) => ({ id, path: place, reason }));
    const { files, bytes: size } = this.#fetched;
    return { from, directory: this.#root, batches, fetched: files, bytes: size, known: this.#known, failed };
  }

  /** For people. */
  text(): string {
    const parts = [`${counted(this.#fetched.files, 'file')} fetched (${bytes(this.#fetched.bytes)})`];
    if (this.#known > 0) parts.push(`${this.#known} there already`);
    if (this.failed.size > 0) parts.push(`${this.failed.size} failed`);
    const more = this.#batches.filter((batch) => !isOver(batch)).map((batch) => `${standing(batch)}\n`);
    if (more.length > 0)
      more.push('More will come: give the command again with --resume, or with --watch.\n');
    return `${parts.join(', ')}: ${this.#root}\n${more.join('')}`;
  }
}

function placeOf({ directory, name }: PlacedFile): string {
  return path.posix.join(directory, name);
}
