import { spawn } from 'node:child_process';
import { SetupError } from './report.mjs';

/**
 * Runs a program quietly and returns its standard output. `shown` lets its output through instead.
 * @throws SetupError with the first and the last lines of what it said, when it fails
 */
export async function run(program, args, { cwd, env, shown = false } = {}) {
  const { code, signal, stdout, output } = await attempt(program, args, { cwd, env, shown });
  if (code === 0) return stdout;
  const command = [program, ...args].join(' ').slice(0, 80);
  throw new SetupError(`\`${command}\` ended with ${signal ?? `exit code ${code}`}.\n${shortened(output)}`);
}

/** As `run`, but a failure is a value: `{code, signal, stdout, output}`, code 127 when there is no such program. */
export function attempt(program, args, { cwd, env, shown = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = shown ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio });
    let stdout = '';
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => {
      if (error.code === 'ENOENT')
        resolve({ code: 127, signal: null, stdout, output: `${program}: not found` });
      else reject(error);
    });
    child.on('close', (code, signal) => resolve({ code, signal, stdout, output }));
  });
}

/** Tools differ in where they say what is wrong: npm first, apt and dpkg last. */
function shortened(output, lines = 15) {
  const all = output.trimEnd().split('\n');
  if (all.length <= 2 * lines) return all.join('\n');
  return [...all.slice(0, lines), '...', ...all.slice(-lines)].join('\n');
}
