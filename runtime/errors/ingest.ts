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
  'invalid-strike': {
    ...rejected,
    code: 'SB1221',
    title: 'Invalid strike',
    status: 400,
    message: 'The strike is refused: {problems}.',
    advice: 'Correct it; POST to strikes/validation/ tells everything that is found, without saving.',
  },
  'invalid-scan': {
    ...rejected,
    code: 'SB1222',
    title: 'Invalid scan',
    status: 400,
    message: 'The scan is refused: {problems}.',
    advice: 'Correct it; POST to scans/validation/ tells everything that is found, without saving.',
  },
  'scan-is-running': {
    ...rejected,
    code: 'SB1223',
    title: 'The scan is under way',
    status: 409,
    message: 'The scan {name} is under way.',
    advice: 'Wait until it has ended, or cancel it: `seed scans --cancel {name}`.',
  },
  'ingest-file-unreadable': {
    ...rejected,
    code: 'SB1224',
    title: 'File of a strike or scan unreadable',
    message: 'The file {file} cannot be used: {reason}.',
    advice: 'Give a file in YAML or JSON with a configuration, as docs/ingest.md shows.',
  },
} as const satisfies Record<string, ErrorDefinition>;
