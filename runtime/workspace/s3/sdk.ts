/**
 * Imported where it is needed, as it takes its time to load. A module of its own: of a CommonJS package that is imported so
 * itself, the bundled commands get no names.
 */
export * as s3 from '@aws-sdk/client-s3';
export { getSignedUrl } from '@aws-sdk/s3-request-presigner';
