import pino from 'pino';

export type Logger = pino.Logger;

/**
 * Seedbed's own diagnostics, as JSON lines on standard error. Never a job's output, never a setting's value.
 * Synchronous, so that the last line before an exit is not lost.
 * @param level `debug`, `info`, `warn`, `error` or `silent`
 */
export function createLogger(level: string): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
