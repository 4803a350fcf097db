import { hasCode } from '../../database/index.ts';
import { SeedbedError, toSeedbedError } from '../../errors/index.ts';

/**
 * Any thrown value as the error that is answered. What express says of an address, and what Postgres says of a value that
 * it cannot hold (class 22), is the request's fault and never a 5xx. What else is unknown is `internal-error`, whose
 * answer does not show the reason.
 */
export function toAnswerableError(thrown: unknown): SeedbedError {
  if (thrown instanceof SeedbedError) return thrown;
  const status = (thrown as { status?: unknown } | null)?.status;
  if (thrown instanceof URIError || (typeof status === 'number' && status >= 400 && status < 500))
    return new SeedbedError('invalid-request', { problem: 'The address cannot be read' }, { cause: thrown });
  if (hasCode(thrown, ...badValues))
    return new SeedbedError(
      'invalid-request',
      { problem: 'A value is out of range, or holds what the database cannot store' },
      { cause: thrown },
    );
  const known = toSeedbedError(thrown);
  if (known.error !== 'internal-error') return known;
  return new SeedbedError(
    'internal-error',
    { reason: 'the log of the service says what' },
    { cause: thrown },
  );
}

/** SQLSTATEs: out of range, no such encoding, malformed text, no such time, JSON that jsonb cannot hold, too long. */
const badValues = ['22003', '22021', '22P02', '22P05', '22007', '22008', '22030', '22001', '54000'];
