export { boundingBox } from './bounding-box.ts';
export { collect, partsOf, readGeometry } from './geometry.ts';
export { JsonProblem, jsonbSafe, parseBoundedJson } from './json-text.ts';
export { interpretSidecar } from './sidecar.ts';
export { utcTime } from './utc-time.ts';
