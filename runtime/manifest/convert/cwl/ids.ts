import type { Interface } from '../../manifest.ts';

/** What the inputs and outputs of a manifest are called in CWL, where all of them share one room. */
export interface Ids {
  /** Also of settings and JSON inputs: the manifest's own names, which differ. */
  input(name: string): string;
  mount(name: string): string;
  output(name: string): string;
}

/** Names stay, unless an output has the name of an input, or a mount that of either: then `output.NAME`, `mount.NAME`. */
export function idsOf({ inputs, outputs, settings, mounts }: Interface): Ids {
  const inputNames = new Set([...inputs.files, ...inputs.json, ...settings].map(({ name }) => name));
  const mountNames = new Set(mounts.map(({ name }) => name));
  const outputNames = [...outputs.files, ...outputs.json].map(({ name }) => name);
  const taken = new Set([...inputNames, ...outputNames]);
  return {
    input: (name) => name,
    mount: (name) => (taken.has(name) ? `mount.${name}` : name),
    output: (name) => (inputNames.has(name) || mountNames.has(name) ? `output.${name}` : name),
  };
}
