import { describe, expect, it } from '@jest/globals';
import { createdObjects } from './s3-events.ts';

const record = (members: object = {}, object: object = {}) => ({
  eventVersion: '2.1',
  eventName: 'ObjectCreated:Put',
  s3: { bucket: { name: 'b' }, object: { key: 'in/a+b%C3%A9.tif', size: 3, ...object } },
  ...members,
});
const body = (...records: object[]) => JSON.stringify({ Records: records });

describe('createdObjects', () => {
  it('reads keys as they are encoded', () => {
    expect(createdObjects(body(record()))).toEqual([{ bucket: 'b', key: 'in/a bé.tif', size: 3 }]);
  });

  it.each([
    ['an empty object', body(record({}, { size: 0 }))],
    ['a removal', body(record({ eventName: 'ObjectRemoved:Delete' }))],
    ['the test of a new subscription', JSON.stringify({ Event: 's3:TestEvent' })],
  ])('leaves out %s', (_what, text) => {
    expect(createdObjects(text)).toEqual([]);
  });

  it('takes a notification out of the envelope of SNS', () => {
    const text = JSON.stringify({ Type: 'Notification', Message: body(record()) });
    expect(createdObjects(text)).toHaveLength(1);
  });

  it.each([
    ['no JSON', '<xml/>'],
    ['another document', '{"a":1}'],
    ['another version', body(record({ eventVersion: '3.0' }))],
    ['a key that cannot be decoded', body(record({}, { key: '%E0%A4%A' }))],
  ])('does not take %s for a notification', (_what, text) => {
    expect(createdObjects(text)).toBeUndefined();
  });
});
