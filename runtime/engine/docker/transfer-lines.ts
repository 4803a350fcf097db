import { jsonLines } from './json-lines.ts';

interface TransferLine {
  readonly status?: string;
  readonly id?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number };
  readonly aux?: { readonly Digest?: string };
}

/**
 * Follows a pull or push to its end, without the bytes counted meanwhile.
 * @returns the engine's complaint, if it has one, and the digest, if it names one
 */
export async function followTransfer(
  stream: NodeJS.ReadableStream,
  progress?: (line: string) => void,
): Promise<{ error?: string; digest?: string }> {
  let digest: string | undefined;
  for await (const { status, id, error, progressDetail, aux } of jsonLines<TransferLine>(stream)) {
    if (error !== undefined) return { error };
    digest = aux?.Digest ?? digest;
    if (status && progressDetail?.current === undefined) progress?.(id ? `${id}: ${status}` : status);
  }
  return digest === undefined ? {} : { digest };
}
