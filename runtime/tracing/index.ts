export { isTraceparent, startTracing, type Tracing } from './tracing.ts';
