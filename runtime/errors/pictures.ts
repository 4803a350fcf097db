import { type ErrorDefinition, rejected } from './definition.ts';

/** Why there is no thumbnail of a file. */
export const pictureRejections = {
  'no-picture': {
    ...rejected,
    code: 'SB1260',
    status: 415,
    title: 'File is no picture that can be shown',
    message: 'There is no thumbnail of the file {file}: {reason}.',
    advice: 'Thumbnails are made of PNG, JPEG, WebP, GIF and TIFF files.',
  },
  'picture-too-large': {
    ...rejected,
    code: 'SB1261',
    status: 413,
    title: 'Picture is too large for a thumbnail',
    message: 'There is no thumbnail of the file {file}: {reason}.',
    advice: 'Give it overviews (gdaladdo, or a cloud optimised GeoTIFF), of which one is taken then.',
  },
  'no-thumbnails': {
    ...rejected,
    code: 'SB1262',
    status: 501,
    title: 'Service makes no thumbnails',
    message: 'The service makes no thumbnails: {reason}.',
    advice: 'Install the package sharp beside it, which is optional and fits this machine or not.',
  },
} as const satisfies Record<string, ErrorDefinition>;
