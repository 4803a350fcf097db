import type { Bench } from '../support/bench.ts';

export async function beside(_run: Bench, _rounds: number): Promise<string> {
  return '';
}
