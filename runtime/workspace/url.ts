/** A path as it stands in a URL. What `encodeURIComponent` leaves alone but shells and servers may not (RFC 3986, 2.2) is encoded, too. */
export function urlPath(filePath: string): string {
  return filePath
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replace(
        /[!'()*]/g,
        (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}

/** @returns null without a base */
export function publicUrl(baseUrl: string | null, filePath: string): string | null {
  return baseUrl === null ? null : `${baseUrl.replace(/\/+$/, '')}/${urlPath(filePath)}`;
}
