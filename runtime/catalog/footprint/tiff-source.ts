import type { GeoTIFF } from 'geotiff';

/**
 * A TIFF by ranges of its file.
 * @param size bytes of the file
 * @param read so many bytes from a place on; fewer at the end
 * @throws for what is no TIFF
 */
export async function openTiff(
  size: number,
  read: (start: number, length: number) => Promise<Buffer>,
): Promise<GeoTIFF> {
  const { GeoTIFF: Tiff } = await import('geotiff');
  const slice = async ({ offset, length }: { offset: number; length: number }) => {
    const bytes = await read(offset, length);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  };
  const source = {
    fileSize: size,
    fetch: (slices: { offset: number; length: number }[]) => Promise.all(slices.map(slice)),
    fetchSlice: async (one: { offset: number; length: number }) => ({ ...one, data: await slice(one) }),
    close: () => Promise.resolve(),
  };
  return Tiff.fromSource(source as never);
}
