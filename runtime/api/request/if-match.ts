import { SeedbedError } from '../../errors/index.ts';
import { etagOf, isSameVersion } from '../answer/etag.ts';
import type { Call, Operation } from '../operation.ts';
import { Turns } from '../turns.ts';
import { readParameters } from './parameters.ts';
import { Query } from './query.ts';

const turns = new Turns();

/**
 * Does what changes something only when that is still what the sender has seen (`If-Match`), where it can be read at all.
 * Changes that say so come one after the other in this process, so that of two with the same tag the second is refused.
 * @throws precondition-failed, or what reading throws
 */
export async function ifMatch<T>(
  call: Call,
  reading: Operation | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { request } = call;
  const header = request.headers['if-match'];
  if (header === undefined || !reading || !['PATCH', 'PUT', 'DELETE'].includes(request.method)) return work();
  return turns.take(request.path, async () => {
    const parameters = new Query('');
    const query = readParameters(parameters, reading.query);
    const current = await reading.handle({ ...call, parameters, query, body: undefined });
    if (!isSameVersion(header, etagOf(current?.json))) throw new SeedbedError('precondition-failed', {});
    return work();
  });
}
