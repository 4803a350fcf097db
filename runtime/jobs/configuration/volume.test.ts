import { describe, expect, it } from '@jest/globals';
import { judgeVolume, volumeName } from './volume.ts';

const paths = { roots: ['/usr'], home: '/nowhere' };
const judge = (driver: string | undefined, options: Record<string, string>) =>
  judgeVolume({ type: 'volume', ...(driver === undefined ? {} : { driver }), driver_opts: options }, paths);

describe('a volume', () => {
  it.each([
    [undefined, {}],
    ['', { size: '10m' }],
    ['local', { type: 'tmpfs', device: 'tmpfs', o: 'size=10m' }],
    ['local', { type: 'nfs', o: 'addr=10.0.0.1,rw', device: ':/export' }],
    ['local', { type: 'cifs', o: 'username=u', device: '//server/share' }],
    ['plugin', { share: 'server:/export' }],
    ['plugin', { mountpoint: '/usr/share' }],
  ])('of the driver %s may have %j', async (driver, options) => {
    expect(await judge(driver, options)).toBeUndefined();
  });

  it.each([
    [
      'local',
      { type: 'none', o: 'bind', device: '/' },
      /binds a path of the host; give it as {"type": "host"/,
    ],
    [undefined, { o: 'size=1, RBIND', device: '/' }, /binds a path/],
    ['local', { type: 'nfs', o: 'bind', device: '/' }, /binds a path/],
    ['local', { type: 'ext4', device: '/dev/sda1' }, /has a device of the host/],
    ['local', { type: 'overlay', o: 'lowerdir=/', device: 'overlay' }, /has a device of the host/],
    ['local', { device: '/' }, /has a device of the host/],
    [
      'plugin',
      { mountpoint: '/etc' },
      /has the option mountpoint, a path of the host that lies below none of/,
    ],
  ])('of the driver %s may not have %j', async (driver, options, problem) => {
    expect(await judge(driver, options)).toMatch(problem);
  });

  it('has the same name for the jobs of a type, and another for another type, mount or option', () => {
    const mount = { type: 'volume', driver_opts: { a: '1', b: '2' } } as const;
    const name = volumeName('uuid', 7, 'CACHE', mount);
    expect(name).toMatch(/^seedbed-uuid-type-7-[0-9a-f]{12}$/);
    const sorted = { type: 'volume', driver: 'local', driver_opts: { b: '2', a: '1' } } as const;
    expect(volumeName('uuid', 7, 'CACHE', sorted)).toBe(name);
    const others = [
      volumeName('uuid', 8, 'CACHE', mount),
      volumeName('other', 7, 'CACHE', mount),
      volumeName('uuid', 7, 'OTHER', mount),
      volumeName('uuid', 7, 'CACHE', { ...mount, driver: 'plugin' }),
      volumeName('uuid', 7, 'CACHE', { type: 'volume', driver_opts: { a: '1' } }),
    ];
    expect(new Set([name, ...others]).size).toBe(6);
  });
});
