import { describe, expect, it } from '@jest/globals';
import { Metrics } from './index.ts';

describe('the metrics of ingest', () => {
  it('count files by their outcome, and bytes', async () => {
    const metrics = new Metrics();
    try {
      const lines = async () =>
        (await metrics.text()).split('\n').filter((line) => /^seedbed_ingested/.test(line));
      expect(await lines()).toContain('seedbed_ingested_files_total{outcome="failed"} 0');
      metrics.ingest.ended(3, 10);
      metrics.ingest.ended(1, 5);
      metrics.ingest.failed(2);
      expect(await lines()).toEqual([
        'seedbed_ingested_files_total{outcome="ingested"} 4',
        'seedbed_ingested_files_total{outcome="failed"} 2',
        'seedbed_ingested_bytes_total 15',
      ]);
    } finally {
      metrics.close();
    }
  });
});
