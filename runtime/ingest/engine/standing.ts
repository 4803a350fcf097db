import type { FileEntry } from '../../workspace/index.ts';
import type { Kin } from './duplicates.ts';

/** A file that comes to a place, and what stands there now. */
export interface Meeting {
  readonly coming: { readonly size: number; readonly version: string };
  readonly standing: FileEntry;
  /** What the catalogue has at that place. */
  readonly place: Pick<Kin, 'file_size' | 'file_stat'> | undefined;
}

/**
 * Whether what stands at a place may be lost. `known`: it is what the catalogue has there; `same`: it is the file that comes;
 * `other`: nobody knows of it; `unsure`: it has the size of what comes, and its content decides. Pure.
 */
export function judgeStanding({ coming, standing, place }: Meeting): 'known' | 'same' | 'other' | 'unsure' {
  if (standing.version === coming.version) return 'same';
  if (
    place &&
    (place.file_stat ?? standing.version) === standing.version &&
    place.file_size === standing.size
  )
    return 'known';
  return standing.size === coming.size ? 'unsure' : 'other';
}
