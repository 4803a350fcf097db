/** A workspace whose files have addresses. */
export interface AddressedWorkspace {
  readonly id: number;
  readonly baseUrl: string | null;
  /** Of one in S3. */
  readonly bucket: string | null;
  readonly prefix: string | null;
}

/**
 * Where a file may be that has this address: `s3://BUCKET/KEY`, or one below the `base_url` of a workspace, as it stands or
 * percent-encoded. The places in the smallest workspace come first. Pure.
 */
export function placesOfUrl(
  url: string,
  workspaces: readonly AddressedWorkspace[],
): { readonly workspaceId: number; readonly path: string }[] {
  const found = workspaces.flatMap(({ id, baseUrl, bucket, prefix }) => {
    const roots = baseUrl === null ? [] : [`${baseUrl.replace(/\/+$/, '')}/`];
    const inside = (prefix ?? '').replace(/^\/+|\/+$/g, '');
    if (bucket !== null) roots.push(`s3://${bucket}/${inside && `${inside}/`}`);
    return roots
      .filter((root) => url.startsWith(root) && url.length > root.length)
      .map((root) => ({ id, root }));
  });
  return found
    .sort((a, b) => b.root.length - a.root.length)
    .flatMap(({ id, root }) => {
      const path = url.slice(root.length);
      return [...new Set([path, decoded(path)])].map((one) => ({ workspaceId: id, path: one }));
    });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
