import path from 'node:path';
import { findBinaries, type Binaries } from './binaries.ts';
import { claimHost } from './host-marker.ts';
import { requireGlibc } from './libc.ts';
import { withLinks } from './links.ts';
import { findPlace, makePlace, type Place } from './place.ts';
import { reachableBinaries } from './reachable-binaries.ts';
import { serverUser, type ServerUser } from './server-user.ts';

/** All that initdb and the server need; a client of a running server needs none of it. */
export interface Preparation {
  readonly place: Place;
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
}

/**
 * Makes ready what a first start finds missing: the place, claimed for this host, and programs that run here.
 * @throws embedded-database-unavailable, home-on-another-host
 */
export async function prepare(home: string): Promise<Preparation> {
  const [brought, found] = await Promise.all([findBinaries(), findPlace(home)]);
  // A server that has run here before runs here; Node's report costs 5 ms.
  if (!found) requireGlibc();
  const user = await serverUser(found?.data);
  const place = found ?? (await makePlace(home, user));
  await claimHost(place);
  const binaries = await withLinks(
    await reachableBinaries(brought, user),
    path.join(place.directory, `lib-${brought.version}`),
  );
  return { place, user, binaries };
}
