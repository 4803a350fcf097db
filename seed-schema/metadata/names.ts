/** What makes a metadata sidecar invalid. */
export const metadataErrors = {
  JSON_VALIDATION_ERROR:
    'It is not JSON, or no GeoJSON object (RFC 7946), or a property is of the wrong type.',
  TIME_WITHOUT_OFFSET: 'A time does not say its offset from UTC.',
  INVALID_TIME: 'A time is not of the form of RFC 3339, or names no day of the calendar.',
  REVERSED_SPAN: '`dataEnded` is before `dataStarted`, or `sourceEnded` before `sourceStarted`.',
  UNCLOSED_RING: "The last position of a polygon's ring is not its first.",
  MISPLACED_MEMBER:
    'A GeoJSON object has the defining member of another: `properties` in a geometry, `coordinates` in a Feature.',
} as const;

/** What is allowed in a metadata sidecar, and probably not meant. */
export const metadataWarnings = {
  COORDINATES_OUT_OF_RANGE:
    'A position is not on the Earth; perhaps latitude stands before longitude, or metres were meant.',
  CRS_IGNORED: 'It names a coordinate reference system, and GeoJSON is always in WGS 84.',
  MISSPELLED_PROPERTY: 'A property has nearly the name of one that has a meaning, such as `data_started`.',
} as const;

export type MetadataErrorName = keyof typeof metadataErrors;
export type MetadataWarningName = keyof typeof metadataWarnings;
