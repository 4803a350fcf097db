import { Option } from 'commander';

/** `--format text|json`, the same for every command. */
export function formatOption(): Option {
  return new Option('--format <FORMAT>', 'what to print on standard output')
    .choices(['text', 'json'])
    .default('text');
}
