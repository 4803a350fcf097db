import { lookup } from 'mime-types';

/** Types of the field that the general table lacks. */
const ours: Record<string, string> = {
  geojson: 'application/geo+json',
  h5: 'application/x-hdf5',
  hdf5: 'application/x-hdf5',
  nc: 'application/netcdf',
  nitf: 'application/vnd.nitf',
  ntf: 'application/vnd.nitf',
  jp2: 'image/jp2',
};

/** The media type that a file's name tells; `application/octet-stream` when it tells none. */
export function mediaTypeOf(fileName: string): string {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return ours[extension] ?? (lookup(extension) || 'application/octet-stream');
}
