import { readFileSync, writeFileSync } from 'node:fs';

/*
 * Loaded into the command before its own first module (`node --import`): notes at its end how much memory it had at
 * first and at most, bytes, in the file that SEEDBED_BENCH_MEMORY names.
 */
const start = process.memoryUsage().rss;

process.on('exit', () =>
  writeFileSync(process.env.SEEDBED_BENCH_MEMORY!, JSON.stringify({ start, peak: peak() })),
);

/** Linux gives `maxRSS` of a child that was forked from us at least our own size; its status file does not. */
function peak(): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return Number(kib) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
