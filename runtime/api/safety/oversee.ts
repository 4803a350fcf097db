import type { Response } from 'express';
import { type AuditEntry, type AuditTrail, covers } from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Logger } from '../../logging/index.ts';
import { toAnswerableError } from '../answer/to-error.ts';
import type { Answer } from '../operation.ts';
import type { Occasion, Overseer } from '../route.ts';
import { clientAddress } from './client-address.ts';
import { cut } from './cut.ts';
import { notesOf } from './notes.ts';
import { principalOf } from './principal.ts';
import { requestIdOf } from '../observe/request-id.ts';

/**
 * Lets only those do something who may, and writes what was done, or not allowed, into the audit trail before it is answered.
 * Where that cannot be written, the log has it: what was done is done, and its sender has to know. Nobody waits twice for a
 * database that does not answer.
 */
export function overseer(audit: AuditTrail, logger: Logger): Overseer {
  return async (occasion, work) => {
    const record = async (outcome: number, answer?: Answer) => {
      const entry = entryOf(occasion, outcome, answer);
      await audit.add(entry).catch((err: unknown) => logger.error({ err, entry }, 'not in the audit trail'));
    };
    try {
      expectRole(occasion);
      const answer = await work();
      if (isChange(occasion)) await record(answer?.status ?? occasion.response.statusCode, answer);
      return answer;
    } catch (thrown) {
      const { error, definition } = toAnswerableError(thrown);
      if (error === 'database-unreachable')
        logger.error({ entry: entryOf(occasion, definition.status) }, 'not in the audit trail');
      else if (isChange(occasion) || error === 'role-required') await record(definition.status);
      throw thrown;
    }
  };
}

/** @throws role-required */
function expectRole({ need, response }: Occasion): void {
  if (need === 'anyone') return;
  const { role, actor } = principalOf(response);
  if (!covers(role, need)) throw new SeedbedError('role-required', { role: need, actor, given: role });
}

function isChange({ request }: Occasion): boolean {
  return request.method !== 'GET' && request.method !== 'HEAD';
}

function entryOf({ path, request, response }: Occasion, outcome: number, answer?: Answer): AuditEntry {
  const { actor, role, userId, tokenId } = principalOf(response);
  return {
    actor,
    role: isKnown(response) ? role : null,
    userId: userId ?? null,
    tokenId: tokenId ?? null,
    action: `${request.method} ${path}`,
    entity: entityOf(path),
    entityId: entityIdOf(request.params, answer),
    requestId: requestIdOf(response),
    address: clientAddress(response),
    outcome,
    data: notesOf(response),
  };
}

function isKnown(response: Response): boolean {
  return response.locals.principal !== undefined;
}

/** `/job-types/:name/:version` → `job-types`; `/accounts/users/:id` → `users`. */
function entityOf(path: string): string {
  return path.replace(/^\/accounts(?=\/)/, '').split('/')[1]!;
}

/** Of the address, else of what was made. */
function entityIdOf(parameters: Readonly<Record<string, unknown>>, answer?: Answer): string | null {
  const given = Object.values(parameters).map(String);
  if (given.length > 0) return cut(given.join(' '), 200);
  const { id } = (answer?.json ?? {}) as { readonly id?: unknown };
  return typeof id === 'number' || typeof id === 'string' ? cut(`${id}`, 200) : null;
}
