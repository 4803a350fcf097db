import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { claimHost, thisHost } from './host-marker.ts';
import { placeIn, type Place } from './place.ts';

let place: Place;
beforeEach(async () => {
  place = placeIn(await temporaryDirectory());
});
afterEach(() => rm(place.directory, { recursive: true }));

describe('claimHost', () => {
  it('claims the place for this host, for good', async () => {
    await claimHost(place);
    const marker = await readFile(place.hostMarker, 'utf8');
    await claimHost(place);
    expect(await readFile(place.hostMarker, 'utf8')).toBe(marker);
    expect(await readdir(place.directory)).toEqual([path.basename(place.hostMarker)]);
  });

  it('refuses the place of another host, and names it', async () => {
    await claimHost(place, { id: 'one', name: 'north' });
    await expect(claimHost(place, { id: 'other', name: 'south' })).rejects.toMatchObject({
      error: 'home-on-another-host',
      parameters: { directory: place.directory, host: 'north' },
    });
  });

  it('does not mind a new name of the same host', async () => {
    await claimHost(place, { id: 'one', name: 'north' });
    await expect(claimHost(place, { id: 'one', name: 'renamed' })).resolves.toBeUndefined();
  });

  it('gives it to one of several hosts that claim it at once', async () => {
    const hosts = ['a', 'b', 'c', 'd', 'e'].map((id) => claimHost(place, { id, name: id }));
    const ends = await Promise.allSettled(hosts);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses a marker that says nothing', async () => {
    await writeFile(place.hostMarker, '');
    await expect(claimHost(place)).rejects.toMatchObject({ error: 'home-on-another-host' });
  });
});

describe('thisHost', () => {
  it('is the same every time', async () => {
    expect(await thisHost()).toEqual(await thisHost());
  });
});
