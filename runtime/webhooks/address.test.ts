import { describe, expect, it } from '@jest/globals';
import { addressRule } from './address.ts';
import { mostAttempts, nextDelay } from './retry.ts';
import { signedHeaders } from './sign.ts';

describe('addresses that may be called', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '10.0.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '0.0.0.0'],
    ...[
      '100.64.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fd00::1',
      'ff02::1',
    ],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:a00:1', '::ffff:c0a8:0101', '64:ff9b::a00:1'],
    ...['2002:7f00:1::', '2001:db8::1', '::7f00:1', 'localhost', ''],
  ])('are not %s', (address) => {
    expect(addressRule([])(address)).toBe(false);
  });

  it.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1', '::ffff:101:101'])(
    'are %s',
    (address) => {
      expect(addressRule([])(address)).toBe(true);
    },
  );

  it('are also those that are allowed by name', () => {
    const rule = addressRule(['10.1.0.0/16', '127.0.0.1', 'fd00::/8']);
    expect(['10.1.2.3', '127.0.0.1', '::ffff:10.1.2.3', 'fd12::1'].map(rule)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['10.2.0.1', '127.0.0.2', 'fe80::1'].map(rule)).toEqual([false, false, false]);
    expect(['127.0.0.1', '::1', 'x'].map(addressRule(['all']))).toEqual([true, true, false]);
  });
});

it('is tried again ever more seldom, for about a day', () => {
  const delays = Array.from({ length: mostAttempts }, (_, made) => nextDelay(made + 1, 0.5));
  expect(delays.slice(0, 4)).toEqual([5, 15, 45, 135]);
  expect(delays.at(-1)).toBeUndefined();
  const hours = delays.reduce<number>((sum, seconds = 0) => sum + seconds, 0) / 3600;
  expect(hours).toBeGreaterThan(18);
  expect(hours).toBeLessThan(24);
});

/** The example of the specification of Standard Webhooks. */
it('signs as Standard Webhooks do', () => {
  const headers = signedHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    '{"test": 2432232314}',
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
