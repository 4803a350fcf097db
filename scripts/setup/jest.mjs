import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { root } from './root.mjs';

/** What jest says when timers, sockets or child processes outlive the tests. */
const hanging = /Jest did not exit|worker process has failed to exit gracefully/;
const grace = 10_000;

/**
 * Runs jest over `args` and shows its output.
 * @param limit milliseconds for the whole run
 * @returns `{passed, failed, problems}`: counts of tests, and sentences for what the counts do not say
 */
export async function jest(args, { env, limit }) {
  const report = path.join(root, `.cache/jest-${process.pid}.json`);
  rmSync(report, { force: true });
  const problems = await execute([...args, '--json', `--outputFile=${report}`], { env, limit, report });
  if (!existsSync(report)) return { passed: 0, failed: 1, problems: [...problems, 'jest left no report'] };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  rmSync(report);
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, problems };
}

function execute(args, { env, limit, report }) {
  return new Promise((resolve, reject) => {
    const problems = [];
    const program = path.join(root, 'node_modules/jest/bin/jest.js');
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const child = spawn(process.execPath, [...flags, program, ...args], {
      cwd: root,
      // A group of its own, so that a run that hangs ends with all its workers.
      detached: true,
      // Standard output has the JSON report a second time.
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(process.stderr.isTTY && { FORCE_COLOR: '1' }), ...env },
    });
    const end = (problem) => {
      problems.push(problem);
      process.kill(-child.pid, 'SIGKILL');
    };
    const forward = (signal) => process.kill(-child.pid, signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    let deadline = setTimeout(() => end(`jest took longer than ${limit / 60_000} minutes`), limit);
    child.stderr.on('data', (data) => {
      process.stderr.write(data);
      if (!hanging.test(data)) return;
      problems.push(
        'open handles: something outlives the tests (find it with `npx jest --detectOpenHandles`)',
      );
      if (!existsSync(report)) return;
      clearTimeout(deadline);
      deadline = setTimeout(() => end('jest had to be killed'), grace);
    });
    child.on('error', reject).on('close', () => {
      clearTimeout(deadline);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(problems);
    });
  });
}
