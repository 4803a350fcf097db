import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { SetupError, say } from './report.mjs';
import { root } from './root.mjs';

const oldestNode = [20, 19];

/**
 * The packages of package-lock.json, installed by `npm ci` unless they are there.
 * What is there is read from the list that npm leaves as the last act of an installation, so that one made
 * by hand counts too and an interrupted one does not.
 */
export async function ensureDependencies() {
  checkNode();
  if (installed()) return say('dependencies', 'up to date');
  say('dependencies', 'npm ci ...');
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root });
  say('dependencies', 'installed');
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetupError(
    `Seedbed needs Node ${oldestNode.join('.')} or later, and this is Node ${process.versions.node} (${process.execPath}).`,
  );
}

function installed() {
  const list = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(list)) return false;
  const wanted = packages(path.join(root, 'package-lock.json'));
  const found = packages(list);
  return Object.entries(wanted).every(([where, { version, optional, peer, link }]) => {
    if (where === '' || link) return true;
    const there = found[where];
    // Packages for other platforms are in the lock file and never installed.
    return there ? there.version === version : Boolean(optional || peer);
  });
}

function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
