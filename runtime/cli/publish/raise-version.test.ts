import { describe, expect, it } from '@jest/globals';
import { raised, raisedVersions, withVersions } from './raise-version.ts';

describe('a raised version', () => {
  it.each([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['1.0.0-rc.1', 'patch', '1.0.0'],
    ['1.0.0-rc.1', 'minor', '1.0.0'],
    ['1.0.0-rc.1', 'major', '1.0.0'],
    ['1.2.3-rc.1', 'minor', '1.3.0'],
    ['1.2.0-rc.1', 'major', '2.0.0'],
    ['1.2.3+build.7', 'patch', '1.2.4'],
    ['0.0.99999999999999999999', 'patch', '0.0.100000000000000000000'],
  ] as const)('%s by a %s version is %s', (version, part, next) => {
    expect(raised(version, part)).toBe(next);
  });

  it('touches what is asked for alone', () => {
    const versions = { jobVersion: '1.0.0', packageVersion: '2.0.0' };
    expect(raisedVersions(versions, { job: undefined, package: 'patch' })).toEqual({
      jobVersion: '1.0.0',
      packageVersion: '2.0.1',
    });
    expect(raisedVersions(versions, { job: 'minor', package: 'major' })).toEqual({
      jobVersion: '1.1.0',
      packageVersion: '3.0.0',
    });
  });

  it('is the only thing that changes in the text of a manifest', () => {
    const text = `{\r\n\t"job" : {"jobVersion":"1.0.0", "packageVersion" :\n "1.0.0", "description": "\\"jobVersion\\": \\"1.0.0\\" $& costs 1.0"}}\n`;
    expect(withVersions(text, { jobVersion: '1.1.0', packageVersion: '2.0.0' })).toBe(
      text.replace('"jobVersion":"1.0.0"', '"jobVersion":"1.1.0"').replace('\n "1.0.0"', '\n "2.0.0"'),
    );
  });

  it.each([
    [
      'the last of two members',
      '{"job":{"jobVersion":"9.0.0","jobVersion":"1.0.0","packageVersion":"1.0.0"}}',
      '9.0.0',
    ],
    [
      'the members of the job alone',
      '{"x":[{"jobVersion":"9.0.0"}],"job":{"packageVersion":"1.0.0","jobVersion":"1.0.0"}}',
      '9.0.0',
    ],
    [
      'a name in escapes',
      '{"job":{"job\\u0056ersion":"1.0.0","packageVersion":"1.0.0","title":"1.0.0"}}',
      '1.0.0',
    ],
  ])('is written to %s', (_, text, kept) => {
    const after = withVersions(text, { jobVersion: '1.1.0', packageVersion: '2.0.0' });
    expect(JSON.parse(after)).toMatchObject({ job: { jobVersion: '1.1.0', packageVersion: '2.0.0' } });
    expect(after).toContain(`"${kept}"`);
    expect(after.match(/1\.1\.0|2\.0\.0/g)).toHaveLength(2);
  });
});
