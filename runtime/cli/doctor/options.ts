import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface DoctorOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed doctor`. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Say what is wrong with this installation, and how to mend it. Runs no job, changes nothing.',
    )
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 jobs can run, perhaps with warnings; 1 something would stop them.\n\nExample:\n  seed doctor',
    );
}
