/** Where a value stands in the one that contains it: a linked list from the inside out; undefined: it is the whole. */
export interface Place {
  readonly parent: Place | undefined;
  /** Member, or position in a list. */
  readonly key: string | number;
}

/** A place as people write it: `tasks.blur.spec.sizes[2]`, `tasks["my task"]`; the whole is `the document`. */
export function placeText(place: Place | undefined): string {
  if (!place) return 'the document';
  const keys: (string | number)[] = [];
  for (let at: Place | undefined = place; at; at = at.parent) keys.push(at.key);
  return keys
    .reverse()
    .map((key, position) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return position === 0 ? key : `.${key}`;
    })
    .join('');
}

/** The same from the keys, outermost first. */
export function pathText(keys: readonly (string | number)[]): string {
  return placeText(keys.reduce<Place | undefined>((parent, key) => ({ parent, key }), undefined));
}
