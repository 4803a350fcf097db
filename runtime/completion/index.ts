export { complete, type Completion, endingOf, type Products } from './complete.ts';
export { publishElsewhere, removePublished, type StoredVersions } from './elsewhere.ts';
export { destinationOf, type Place, type Places, remotePlaces } from './place.ts';
export { publish } from './publish.ts';
