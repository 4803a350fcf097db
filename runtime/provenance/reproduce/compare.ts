/** A file that an execution made. */
export interface OriginalFile {
  readonly id: number;
  /** Name of the output in the manifest. */
  readonly output: string;
  /** Of the file. */
  readonly name: string;
  readonly path: string;
  readonly sha256: string | null;
}

/** The same made once more. */
export type RemadeFile = OriginalFile;

/** `missing`: it was not made again; `extra`: it was not made then. */
export type OutputVerdict = 'same' | 'differs' | 'missing' | 'extra';

/** What became of one output file. */
export interface Comparison {
  readonly output: string;
  readonly name: string;
  readonly verdict: OutputVerdict;
  readonly original: { readonly id: number; readonly sha256: string | null } | null;
  readonly again: { readonly id: number; readonly sha256: string | null } | null;
}

/**
 * Compares the files of two executions of the same by output and name. Of several of one name those that are the same
 * find each other first. Pure.
 */
export function compareFiles(originals: readonly OriginalFile[], again: readonly RemadeFile[]): Comparison[] {
  const keys = [...new Set([...originals, ...again].map(keyOf))].sort();
  return keys.flatMap((key) => {
    const [olds, news] = [originals, again].map((files) =>
      files
        .filter((file) => keyOf(file) === key)
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    ) as [OriginalFile[], RemadeFile[]];
    const pairs: [OriginalFile | undefined, RemadeFile | undefined][] = [];
    const unpaired = olds.filter((old) => {
      const at = news.findIndex(({ sha256 }) => sha256 !== null && sha256 === old.sha256);
      if (at === -1) return true;
      pairs.push([old, news.splice(at, 1)[0]]);
      return false;
    });
    unpaired.forEach((old, at) => pairs.push([old, news[at]]));
    news.slice(unpaired.length).forEach((file) => pairs.push([undefined, file]));
    return pairs.map(([old, one]) => comparison(old, one));
  });
}

function keyOf({ output, name }: OriginalFile): string {
  return `${output}\0${name}`;
}

function comparison(original: OriginalFile | undefined, again: RemadeFile | undefined): Comparison {
  const { output, name } = (original ?? again)!;
  const part = (file: OriginalFile | undefined) => (file ? { id: file.id, sha256: file.sha256 } : null);
  const isSame = original?.sha256 != null && original.sha256 === again?.sha256;
  const verdict = !again ? 'missing' : !original ? 'extra' : isSame ? 'same' : 'differs';
  return { output, name, verdict, original: part(original), again: part(again) };
}
