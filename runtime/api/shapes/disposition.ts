/**
 * `Content-Disposition` for a download (RFC 6266): the name as it is for those who know `filename*`, and an ASCII one for the
 * others.
 */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|[%"\\/]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
