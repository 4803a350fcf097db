import { rejected, type ErrorDefinition } from './definition.ts';

/** Strikes, scans and what they ingest. */
export const ingestRejections = {
  'invalid-ingest-rule': {
    ...rejected,
    code: 'SB1220',
    title: 'Invalid rule',
    status: 400,
    message: '{where}: {problem}.',
    advice: 'Correct the rule; docs/ingest.md says what a rule may hold.',
  },
  'invalid-ingest-configuration': {
    ...rejected,
    code: 'SB1221',
    title: 'Configuration of a strike or scan refused',
    status: 400,
    message: 'The {what} is refused: {problems}.',
    advice: 'Correct it; POST to {address} tells everything that is found, without saving.',
  },
  'scan-is-running': {
    ...rejected,
    code: 'SB1222',
    title: 'The scan is under way',
    status: 409,
    message: 'The scan {id} is {status}.',
    advice: 'Wait until it has ended, or cancel it with POST to scans/cancel/{id}/.',
  },
  'scan-has-ingested': {
    ...rejected,
    code: 'SB1223',
    title: 'The scan has ingested',
    status: 409,
    message: 'The scan {id} has ingested files, and its configuration can no longer be changed.',
    advice: 'Make a new scan.',
  },
} as const satisfies Record<string, ErrorDefinition>;
