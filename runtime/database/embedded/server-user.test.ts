import { chown, rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { asOrdinaryUser, isRoot, unknownUser } from '../../../test/support/database-users.ts';
import { findUser, requireUserEntry, serverUser } from './server-user.ts';

const passwd =
  'root:x:0:0:root:/root:/bin/bash\nseedbed:x:990:991::/nonexistent:/bin/sh\nodd\nfake:x:0:0::/:/bin/sh\n';

describe('findUser', () => {
  it('reads passwd, and never takes root for an answer', () => {
    expect(findUser(passwd, 'seedbed')).toEqual({ uid: 990, gid: 991 });
    expect(findUser(passwd, 'postgres')).toBeUndefined();
    expect(findUser(passwd, 'fake')).toBeUndefined();
    expect(findUser('', 'seedbed')).toBeUndefined();
  });
});

describe('serverUser', () => {
  it('is the caller, unless that is root', async () => {
    expect(await asOrdinaryUser(() => serverUser(undefined))).toBeUndefined();
  });

  if (isRoot) {
    it('is somebody else for root', async () => {
      expect((await serverUser(undefined))?.uid).toBeGreaterThan(0);
    });

    it('is the owner of the data where there are some', async () => {
      const data = await temporaryDirectory();
      await chown(data, unknownUser, 100);
      expect(await serverUser(data)).toEqual({ uid: unknownUser, gid: 100 });
      await rm(data, { recursive: true });
    });
  }
});

describe('requireUserEntry', () => {
  it('passes for a user of this system', () => {
    expect(requireUserEntry).not.toThrow();
  });

  if (isRoot)
    it('refuses a number that nobody has entered', () => {
      process.seteuid!(unknownUser);
      try {
        expect(requireUserEntry).toThrow(`the user id ${unknownUser} has no entry in /etc/passwd`);
      } finally {
        process.seteuid!(0);
      }
    });
});
