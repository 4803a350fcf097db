export { Metrics } from './metrics.ts';
export { Reading } from './reading.ts';
