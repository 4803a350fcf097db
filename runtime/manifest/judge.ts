import {
  isObject,
  manifestValidator,
  type Finding,
  type ManifestDocument,
  type ValidationDocument,
} from '../../seed-schema/index.ts';
import { withDefaults } from './defaults.ts';
import { readDraft } from './draft.ts';
import { Report } from './findings.ts';
import type { Manifest } from './manifest.ts';
import { judgeCommand } from './rules/command.ts';
import { judgeErrors } from './rules/errors.ts';
import { judgeFiles } from './rules/files.ts';
import { judgeJob } from './rules/job.ts';
import { judgeMounts } from './rules/mounts.ts';
import { judgeNames } from './rules/names.ts';
import { judgeResources } from './rules/resources.ts';

/** What is wrong with a manifest; where nothing is, the manifest with every default filled in. */
export interface Judgement extends ValidationDocument {
  readonly manifest?: Manifest;
}

/** What a JSON Schema has against a document. */
export type SchemaJudge = (document: unknown) => readonly Pick<Finding, 'path' | 'description'>[];

const rules = [judgeJob, judgeNames, judgeFiles, judgeMounts, judgeResources, judgeErrors, judgeCommand];

/**
 * Judges a parsed manifest by the Seed 1.0.0 standard: the JSON Schema, and what no schema can say. Everything is found at
 * once, also in a document that breaks the schema. Every name is in docs/manifest.md.
 * @param bySchema takes the place of the JSON Schema; what it accepts need be no manifest, so none is returned
 */
export function judgeManifest(document: unknown, bySchema?: SchemaJudge): Judgement {
  const report = new Report();
  const older = bySchema ? undefined : olderVersion(document);
  if (older !== undefined) {
    const description = `seedVersion is ${JSON.stringify(older)}, and manifests are judged by 1.0.0; \`seed convert\` turns this one into one of 1.0.0`;
    report.error('JSON_VALIDATION_ERROR', 'seedVersion', description);
    return { is_valid: false, errors: report.errors, warnings: [] };
  }
  for (const { path, description } of (bySchema ?? manifestValidator.problems)(document))
    report.error('JSON_VALIDATION_ERROR', path, description);
  const draft = readDraft(document);
  for (const rule of rules) rule(draft, report);
  const { errors, warnings } = report;
  if (errors.length > 0 || bySchema) return { is_valid: errors.length === 0, errors, warnings };
  return { is_valid: true, errors, warnings, manifest: withDefaults(document as ManifestDocument) };
}

/** Nearly every member was called something else then: one sentence helps more than forty. */
function olderVersion(document: unknown): string | undefined {
  const version = isObject(document) ? document.seedVersion : undefined;
  return typeof version === 'string' && /^0\.\d+\.\d+$/.test(version) ? version : undefined;
}
