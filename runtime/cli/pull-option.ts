import { Option } from 'commander';
import { pullPolicies } from '../config/index.ts';

/** `--pull`; without it, SEED_PULL counts. */
export function pullOption(): Option {
  return new Option(
    '--pull <POLICY>',
    'when images are fetched from their registry (default: SEED_PULL, or missing)',
  ).choices([...pullPolicies]);
}
