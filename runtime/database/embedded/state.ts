import { stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../error-code.ts';
import { findPlace, type Place } from './place.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';

/** What one look at the files and the process tells; `enter.ts` has the whole story. */
export type State =
  | { readonly name: 'absent' }
  | { readonly name: 'stopped'; readonly place: Place }
  | { readonly name: Postmaster['status']; readonly place: Place; readonly postmaster: Postmaster };

/** The state of the embedded server of `home`, now. */
export async function observe(home: string): Promise<State> {
  const place = await findPlace(home);
  if (!place) return { name: 'absent' };
  const postmaster = await findPostmaster(place.data);
  if (postmaster) return { name: postmaster.status, place, postmaster };
  return (await isInitialised(place)) ? { name: 'stopped', place } : { name: 'absent' };
}

async function isInitialised(place: Place): Promise<boolean> {
  try {
    await stat(path.join(place.data, 'PG_VERSION'));
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
