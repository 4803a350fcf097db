import { sampleGraph } from '../../recipe/sample.fixture.ts';
import type { ReportData } from '../data.ts';

/** A report on `sampleGraph`, with products on both sides of the antimeridian. */
export function sampleReport(): ReportData {
  const time = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
  const execution = (
    jobId: number,
    node: string,
    status: string,
    [queued, started, ended]: [number, number, number | null],
  ) => ({
    jobId,
    node,
    try: 1,
    status,
    host: 'here',
    queued: time(queued),
    started: time(started),
    ended: ended === null ? null : time(ended),
    used: jobId === 31 ? { mem: 96.5, cpu_seconds: 18 } : null,
  });
  const product = (id: number, name: string, node: string, geometry: string | null) => ({
    ...{ id, name, node, geometry },
    jobId: id,
    size: id * 1000,
    mediaType: 'image/tiff',
  });
  return {
    graph: sampleGraph(),
    at: time(75),
    jobs: [
      { id: 14, node: 'parse', status: 'COMPLETED', asked: { cpus: 1, mem: 64, disk: 10 } },
      { id: 31, node: 'tiles', status: 'COMPLETED', asked: { cpus: 0.5, mem: 128, gpus: 1 } },
      { id: 32, node: 'tiles', status: 'RUNNING', asked: { cpus: 0.5, mem: 256, gpus: 1 } },
      { id: 22, node: 'part/paint', status: 'FAILED', asked: { cpus: 1, mem: 64 } },
    ],
    jobsLeftOut: 0,
    executions: [
      execution(14, 'parse', 'COMPLETED', [0, 1, 2.25]),
      execution(31, 'tiles', 'COMPLETED', [3, 4, 40]),
      execution(32, 'tiles', 'RUNNING', [3, 41, null]),
      { ...execution(22, 'part/paint', 'FAILED', [20, 30, 30.25]), try: 2 },
    ],
    failures: [
      {
        jobId: 22,
        node: 'part/paint',
        tries: 2,
        words: 'no-colour (SB3001): no colour',
        log: 'begun\n<b>bad & "worse"</b>',
      },
    ],
    failuresLeftOut: 3,
    products: [
      product(1, 'east.tif', 'tiles', 'POLYGON((176 -20,179 -20,179 -15,176 -15,176 -20))'),
      product(2, 'over.tif', 'tiles', 'POLYGON((178 -18,-177 -18,-177 -12,178 -12,178 -18))'),
      product(
        3,
        'west.tif',
        'tiles',
        'MULTIPOLYGON(((179 -25,180 -25,180 -22,179 -22,179 -25)),((-180 -25,-178 -25,-178 -22,-180 -22,-180 -25)))',
      ),
      product(4, 'spot.json', 'parse', 'POINT(-176.5 -14)'),
      product(5, 'none.txt', 'parse', null),
    ],
    productsLeftOut: 0,
  };
}
