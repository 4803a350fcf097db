import type { Response } from 'express';
import type { SeedbedError } from '../../errors/index.ts';
import { TaskExists } from '../../batch/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { taskDocument } from '../shapes/task.ts';

/** Who defined a route decides how its failures look. */
export type Shape = 'scale' | 'own';

/**
 * The body of a failed request. On Scale's routes `{"detail": "..."}` as there; on our own problem details (RFC 9457). Both
 * carry the code of the error, and what was found one by one where there is such a list.
 */
export function failureBody(error: SeedbedError, shape: Shape): Record<string, unknown> {
  const { definition, code, sentence } = error;
  const detail = sentence;
  const findings = error instanceof Refusal ? { errors: error.findings } : {};
  const conflict =
    error instanceof TaskExists
      ? { existing: taskDocument(error.existing), same_payload: error.samePayload }
      : {};
  if (shape === 'scale') return { detail, code, ...findings };
  return {
    type: `urn:seedbed:error:${error.error}`,
    title: definition.title,
    status: definition.status,
    detail,
    code,
    ...findings,
    ...conflict,
  };
}

/** Sends a failure, unless the answer has begun: then the connection is cut, so that nobody takes it for whole. */
export function sendFailure(response: Response, error: SeedbedError, shape: Shape): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of ['Content-Length', 'Content-Disposition', 'ETag', 'Last-Modified', 'Accept-Ranges'])
    response.removeHeader(name);
  response
    .status(error.definition.status)
    .type(shape === 'scale' ? 'application/json' : 'application/problem+json')
    .send(JSON.stringify(failureBody(error, shape)));
}
