/** A stretch of expanded text. */
export interface Fragment {
  readonly text: string;
  /** It stood between quotes: it never splits, and makes an argument even when it is empty. */
  readonly quoted: boolean;
  /** Unquoted, it is cut at blanks. False for the values of paths and JSON, which stay whole whatever is in them. */
  readonly splits: boolean;
}

export function textOf(fragments: readonly Fragment[]): string {
  return fragments.map(({ text }) => text).join('');
}

/** Cuts the fragments of one word into arguments ("Word Splitting" in Bash's manual): none, one or several. */
export function splitFields(fragments: readonly Fragment[]): string[] {
  const fields: string[] = [];
  let field: string | undefined;
  for (const { text, quoted, splits } of fragments) {
    const parts = quoted || !splits ? [text] : text.split(/[ \t\n]+/);
    parts.forEach((part, index) => {
      if (index > 0 && field !== undefined) {
        fields.push(field);
        field = undefined;
      }
      if (quoted || part !== '') field = (field ?? '') + part;
    });
  }
  if (field !== undefined) fields.push(field);
  return fields;
}
