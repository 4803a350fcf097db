import { isObject } from '../../../seed-schema/index.ts';

/** An object of a bucket that was written. */
export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * The objects that a notification says were made (the S3 event message structure, versions 2.x); empty ones are left out,
 * as are notifications of anything else. One that came by way of SNS is taken out of its envelope.
 * @returns undefined when it is no notification of S3
 */
export function createdObjects(body: string): CreatedObject[] | undefined {
  const document = parsed(body);
  if (!isObject(document)) return undefined;
  if (document.Event === 's3:TestEvent') return [];
  if (document.Type === 'Notification' && typeof document.Message === 'string')
    return createdObjects(document.Message);
  if (!Array.isArray(document.Records)) return undefined;
  const objects: CreatedObject[] = [];
  for (const record of document.Records as unknown[]) {
    if (!isObject(record) || !isObject(record.s3)) return undefined;
    const { eventName, eventVersion, s3 } = record;
    if (typeof eventName !== 'string' || typeof eventVersion !== 'string') return undefined;
    if (!/^2(\.|$)/.test(eventVersion)) return undefined;
    if (!/^(s3:)?ObjectCreated:/.test(eventName)) continue;
    const { bucket, object } = s3;
    if (!isObject(bucket) || !isObject(object)) return undefined;
    if (typeof bucket.name !== 'string' || typeof object.key !== 'string') return undefined;
    const key = decoded(object.key);
    if (key === undefined) return undefined;
    const size = typeof object.size === 'number' ? object.size : 0;
    if (size > 0) objects.push({ bucket: bucket.name, key, size });
  }
  return objects;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Keys are encoded as forms are: a space is a plus. */
function decoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
