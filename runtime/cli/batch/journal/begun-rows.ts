/** The directories of rows that were begun and are not done: what is in them is left from an earlier attempt. */
export class BegunRows {
  readonly #directories = new Map<string, string>();

  begin(id: string, directory: string): void {
    this.#directories.set(id, directory);
  }

  end(id: string): void {
    this.#directories.delete(id);
  }

  directoryOf(id: string): string | undefined {
    return this.#directories.get(id);
  }
}
