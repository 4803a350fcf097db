/** The beginning of a text. Half of a UTF-16 pair, which Postgres takes for no text, is replaced. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
