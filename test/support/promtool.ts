import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where `npm test` unpacks it when nobody has installed it. */
const unpacked = path.join(import.meta.dirname, '../../.cache/prometheus/usr/bin/promtool');

/** What `promtool check metrics` finds fault with; empty: nothing. */
export async function promtoolFindings(text: string): Promise<string> {
  const program = process.env.SEEDBED_TEST_PROMTOOL || (existsSync(unpacked) ? unpacked : 'promtool');
  const child = spawn(program, ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdin.end(text);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return code === 0 ? said : `${said}exit code ${code}`;
}
