import { SeedbedError } from '../../errors/index.ts';
import type { Manifest } from '../../manifest/index.ts';

type Named = { readonly name: string };

/**
 * The manifest without some of its optional inputs and settings.
 * @throws unknown-name
 */
export function withoutNames(manifest: Manifest, names: readonly string[]): Manifest {
  if (names.length === 0) return manifest;
  const { inputs, settings } = manifest.job.interface;
  const optional = [...[...inputs.files, ...inputs.json].filter(({ required }) => !required), ...settings];
  for (const name of names)
    if (!optional.some((one) => one.name === name))
      throw new SeedbedError('unknown-name', {
        kind: 'optional input or setting',
        name,
        known: optional.map((one) => one.name).join(', ') || 'none',
      });
  const kept = <One extends Named>(list: readonly One[]) => list.filter(({ name }) => !names.includes(name));
  const face = {
    ...manifest.job.interface,
    inputs: { files: kept(inputs.files), json: kept(inputs.json) },
    settings: kept(settings),
  };
  return { ...manifest, job: { ...manifest.job, interface: face } };
}
