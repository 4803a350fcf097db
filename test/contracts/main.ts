/** `npm run test:contracts -- DIR`: see CONTRIBUTING.md. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContractDocument } from './document.ts';
import { driveAll, type Verdict } from './drive.ts';
import { hostPath } from './ingest.ts';
import { startService } from './service.ts';
import { endJobs, prepare } from './world.ts';

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Which directory has openapi.json?');
const document = JSON.parse(await readFile(path.join(directory, 'openapi.json'), 'utf8')) as ContractDocument;

/** Problems of one operation that are printed. */
const mostShown = 5;
const mostMs = 60_000;

const begun = Date.now();
const service = await startService({
  SEED_PULL: 'never',
  SEED_LOG_LEVEL: 'silent',
  SEED_HOST_ROOTS: hostPath,
});
let verdicts: Verdict[];
try {
  const driven = prepare(service).then((world) => driveAll(document, service, world));
  const late = delay(mostMs, undefined, { ref: false }).then(() => {
    throw new Error(`the contracts took longer than ${mostMs / 1000} s`);
  });
  verdicts = await Promise.race([driven, late]);
} finally {
  await endJobs(service);
  await service.stop();
}

const width = Math.max(...verdicts.map(({ operation }) => operation.length));
for (const { operation, requests, statuses, problems } of verdicts) {
  const verdict = problems.length === 0 ? 'ok' : 'FAILED';
  console.log(
    `${operation.padEnd(width)}  ${String(requests).padStart(3)}  ${statuses.join(',').padEnd(7)}  ${verdict}`,
  );
  for (const problem of problems.slice(0, mostShown)) console.log(`    ${problem}`);
  const more = problems.length - mostShown;
  if (more > 0) console.log(`    and ${more} more`);
}
const failed = verdicts.filter(({ problems }) => problems.length > 0).length;
const seconds = ((Date.now() - begun) / 1000).toFixed(1);
console.log(`${verdicts.length} operations driven in ${seconds} s, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
