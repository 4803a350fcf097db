import type { Response } from 'express';
import { cut } from './cut.ts';

/** What the audit trail is to say of this request besides what it says of every one; never a value that may be secret. */
export function note(response: Response, facts: Readonly<Record<string, unknown>>): void {
  response.locals.notes = { ...notesOf(response), ...facts };
}

/** The names of what was sent, and no value: settings, passwords and inputs may be secret. */
export function noteMembers(response: Response, body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  const members = Object.keys(body)
    .slice(0, 50)
    .map((name) => cut(name, 100));
  note(response, { members });
}

export function notesOf(response: Response): Readonly<Record<string, unknown>> {
  return (response.locals.notes as Record<string, unknown> | undefined) ?? {};
}
