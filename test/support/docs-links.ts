/** A link of a page to something in the repository. */
export interface Link {
  /** As written, without the anchor; empty: the page itself. */
  readonly path: string;
  readonly anchor: string | undefined;
}

/** The links of a page that lead to files, not to the web. */
export function localLinks(page: string): Link[] {
  return [...withoutFences(page).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { path, anchor };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const headings = withoutFences(page).matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function withoutFences(page: string): string {
  return page.replace(/^```[^]*?^```$/gm, '');
}
