import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/** MiB. The server prepares a list of all pages that it may keep: 64 MiB take it 20 MiB of memory and nothing to start, 2 GiB take 80 and 50 ms. */
const [least, most] = [64, 2048];

/**
 * How much of its database the embedded server of a service may keep in memory, MiB: an eighth of the machine's, or of what this
 * process may have. A page that the system has to be asked for costs 6 µs more, which doubles a search for 200 files.
 * @param memory bytes
 */
export function serviceCacheMiB(memory = ownMemory(), mayPromise = mayPromiseMore()): number {
  if (!mayPromise) return least;
  return Math.min(most, Math.max(least, Math.floor(memory / 8 / 2 ** 20)));
}

function ownMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}

/** Where the system promises no more memory than it has, a server that asks for what it may never use does not start. */
function mayPromiseMore(): boolean {
  try {
    return readFileSync('/proc/sys/vm/overcommit_memory', 'utf8').trim() !== '2';
  } catch {
    return true; // no Linux
  }
}
