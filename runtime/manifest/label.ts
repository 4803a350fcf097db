import { minify } from '../../seed-schema/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { loadManifest, parseManifest, type LoadedManifest } from './parse.ts';

/** The image label that holds the manifest (the standard, "Packaging"). */
export const manifestLabelName = 'com.ngageoint.seed.manifest';

/**
 * The label that our build writes: the author's own document as raw JSON, minified. Numbers, escapes and the members' order
 * stay as they were.
 * @throws invalid-manifest when the text is not JSON
 */
export function manifestLabel(text: string): Record<string, string> {
  parseManifest(text, manifestLabelName);
  return { [manifestLabelName]: minify(text.replace(/^\uFEFF/, '')) };
}

/**
 * The manifest in an image's labels, judged.
 * @param where what messages call it: the image's name
 * @throws manifest-not-found without the label, invalid-manifest
 */
export function manifestFromLabels(
  labels: Readonly<Record<string, string>> | null | undefined,
  where: string,
): LoadedManifest {
  return loadManifest(manifestTextFromLabels(labels, where), where);
}

/**
 * The manifest's text in an image's labels, not judged yet.
 * @throws manifest-not-found without the label
 */
export function manifestTextFromLabels(
  labels: Readonly<Record<string, string>> | null | undefined,
  where: string,
): string {
  const label = labels && Object.hasOwn(labels, manifestLabelName) ? labels[manifestLabelName] : undefined;
  if (label === undefined)
    throw new SeedbedError('manifest-not-found', { where, expected: `it has no label ${manifestLabelName}` });
  return unescapeLabel(label);
}

/**
 * The JSON text of a label. Docker stores raw JSON after `LABEL k="{\"...\"}"`; `seed build` of seed-cli stores a JSON string
 * literal in which `$` and `/` have a backslash too; shells and scripts leave mixtures of both, with or without quotes round
 * them. What cannot be made out is given back as it is, for the message about it.
 */
function unescapeLabel(label: string, levels = 3): string {
  const text = label.trim().replace(/^'(.*)'$/s, '$1');
  for (const candidate of candidates(text)) {
    const value = parsed(candidate);
    if (typeof value === 'object') return candidate;
    if (typeof value === 'string' && levels > 1) {
      const inner = unescapeLabel(value, levels - 1);
      if (inner.startsWith('{')) return inner;
    }
  }
  return label;
}

function* candidates(text: string): Generator<string, void, undefined> {
  yield text;
  yield legalEscapes(text);
  yield legalEscapes(`"${text}"`);
}

/** Escapes that JSON does not know, such as `\$`, lose their backslash; `\\$` keeps both. */
function legalEscapes(text: string): string {
  return text.replace(/\\(.)/gs, (pair, character: string) =>
    '"\\/bfnrtu'.includes(character) ? pair : character,
  );
}

/** The value of JSON text; undefined for what is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
