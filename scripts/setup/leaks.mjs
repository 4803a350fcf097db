import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './engine-api.mjs';
import { testProcesses } from './processes.mjs';

/** What Seedbed's own containers are labelled with. */
const label = 'seedbed.installation';

/**
 * What stands on the machine that tests could leave behind: kind and identity → words for the report.
 * @param marker text in the environment of every process that the tests start
 */
export async function inventory(host, marker) {
  const containers = await list(host, `/containers/json?all=1&filters=${filter({ label: [label] })}`);
  const { Volumes: volumes } = await list(host, '/volumes');
  const networks = await list(host, '/networks');
  return new Map([
    ...containers.map(({ Id, Names, State }) => [`container ${Id}`, `container ${Names[0]} (${State})`]),
    ...(volumes ?? []).map(({ Name }) => [`volume ${Name}`, `volume ${Name}`]),
    ...networks.map(({ Id, Name }) => [`network ${Id}`, `network ${Name}`]),
    ...temporaryFiles().map((name) => [`file ${name}`, `${tmpdir()}/${name}`]),
    ...[...testProcesses(marker)].map(([pid, command]) => [`process ${pid}`, `process ${pid}: ${command}`]),
  ]);
}

/** What is there now and was not in `before`, once it has had a few seconds to go. */
export async function leaks(before, host, marker) {
  for (const end = Date.now() + 8_000; ; await sleep(250)) {
    const after = await inventory(host, marker);
    const left = [...after].filter(([key]) => !before.has(key)).map(([, words]) => words);
    if (left.length === 0 || Date.now() > end) return left;
  }
}

function temporaryFiles() {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('seedbed'));
}

function filter(value) {
  return encodeURIComponent(JSON.stringify(value));
}

async function list(host, route) {
  const { status, text } = await call(host, 'GET', route);
  if (status !== 200) throw new Error(`GET ${route}: HTTP ${status} ${text}`);
  return JSON.parse(text);
}
