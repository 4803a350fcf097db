import { settings } from '../../runtime/config/settings.ts';
import { table } from './table.ts';

/** Every environment variable that configures Seedbed. */
export function settingsTable(): string {
  return rows(() => true);
}

/** Those that say how much one job may have or leave. */
export function limitsTable(): string {
  return rows((name) => /^SEED_MAX_|^SEED_PIDS_/.test(name));
}

function rows(belongs: (name: string) => boolean): string {
  return table(
    ['variable', 'default', 'what'],
    Object.entries(settings)
      .filter(([name]) => belongs(name))
      .map(([name, setting]) => [`\`${name}\``, setting.default && `\`${setting.default}\``, setting.what]),
  );
}
