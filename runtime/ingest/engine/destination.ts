import path from 'node:path';

/**
 * Where a file goes whose place is another one's: a directory beside that, of its own.
 * @param ingest `ingest.id`
 */
export function ownPlace(filePath: string, ingest: number): string {
  return path.posix.join(path.posix.dirname(filePath), `ingest_${ingest}`, path.posix.basename(filePath));
}

/**
 * Where a file goes, as Scale has it: `<new_file_path>/YYYY/MM/DD/<name>`.
 * @param directory of the rule; a slash at its beginning is left out
 * @param now the date is that of UTC
 */
export function destinationPath(directory: string, fileName: string, now: Date): string {
  const [date] = now.toISOString().split('T');
  return path.posix.join(directory.replace(/^\/+/, ''), date!.replaceAll('-', '/'), fileName);
}
