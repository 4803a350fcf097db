import { nearest } from '../../../seed-schema/index.ts';
import type { DefinitionReport } from './findings.ts';

/** Comparing 2,000 wrong names with 2,000 right ones took 90 s; nobody reads that many hints. */
const mostHints = 20;
const mostNames = 1000;
const mostListed = 20;

/** The name that a wrong one most likely means. */
export function meant(name: string, names: readonly string[], report: DefinitionReport): string | undefined {
  const found = report.errors.length + report.warnings.length;
  return found < mostHints && names.length <= mostNames ? nearest(name, names) : undefined;
}

/** `a, b`, or `none`; cut after 20. */
export function listedNames(names: readonly string[]): string {
  const rest = names.length - mostListed;
  if (rest > 0) return `${names.slice(0, mostListed).join(', ')} and ${rest} more`;
  return names.join(', ') || 'none';
}
