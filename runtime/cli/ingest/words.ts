import type { IngestResultDocument } from '../../../seed-schema/index.ts';
import { bytes, duration } from '../format.ts';

/** `12 files: 3 new, 1 changed, 8 known; 2 left out, 1 failed; 1.2 GiB read in 3.4 s`. Pure. */
export function summaryText(result: IngestResultDocument): string {
  const files = result.new + result.changed + result.known;
  const amount = (count: number) => count.toLocaleString('en');
  const parts = [
    `${amount(files)} ${files === 1 ? 'file' : 'files'}: ${amount(result.new)} new, ${amount(result.changed)} changed, ${amount(result.known)} known`,
  ];
  const others = [
    ...(result.skipped > 0 ? [`${amount(result.skipped)} left out`] : []),
    ...(result.failed > 0 ? [`${amount(result.failed)} failed`] : []),
  ];
  if (others.length > 0) parts.push(others.join(', '));
  if (result.recipes > 0)
    parts.push(`${amount(result.recipes)} ${result.recipes === 1 ? 'recipe' : 'recipes'} started`);
  if (!result.dry_run) parts.push(`${bytes(result.bytes_read)} read in ${duration(result.seconds * 1000)}`);
  return `${result.dry_run ? 'would be ' : ''}${parts.join('; ')}`;
}
