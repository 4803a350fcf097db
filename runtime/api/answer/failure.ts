import type { Response } from 'express';
import { SeedbedError } from '../../errors/index.ts';

/** Who defined a route decides how its failures look. */
export type Shape = 'scale' | 'own';

/**
 * The body of a failed request. On Scale's routes `{"detail": "..."}` as there; on our own problem details (RFC 9457). Both
 * carry the code of the error, and what was found one by one where there is such a list.
 */
export function failureBody(error: SeedbedError, shape: Shape): Record<string, unknown> {
  const { definition, code, sentence } = error;
  const detail = sentence;
  const findings = error instanceof FindingsError ? { errors: error.findings } : {};
  if (shape === 'scale') return { detail, code, ...findings };
  return {
    type: `urn:seedbed:error:${error.error}`,
    title: definition.title,
    status: definition.status,
    detail,
    code,
    ...findings,
  };
}

/** One thing that is wrong, by Scale's name for it. */
export interface Finding {
  readonly name: string;
  readonly description: string;
}

/** A request that is refused for several reasons, each with a name. */
export class FindingsError extends SeedbedError<'invalid-job'> {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super('invalid-job', { problems: findings.map((one) => `${one.name}: ${one.description}`).join('; ') });
    this.findings = findings.map(({ name, description }) => ({ name, description }));
  }
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
