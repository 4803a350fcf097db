import { readConfig } from '../../config/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
// Not by the room's index, with which every command loads.
import { convertToCwl } from '../../manifest/convert/cwl/tool.ts';
import { type Converted, isOlderManifest, upgradeManifest } from '../../manifest/convert/upgrade.ts';
import { imageName, loadManifest, parseManifest } from '../../manifest/index.ts';
import { type ManifestSource, readManifestSource } from '../manifest-source.ts';
import { safe } from '../progress/job-lines.ts';
import { write } from '../progress/writer.ts';
import { createFile, replaceFile } from '../whole-file.ts';
import type { ConvertOptions } from './options.ts';
import { withoutNames } from './without-names.ts';

/** `seed convert`. @returns 0 @throws not-convertible, invalid-manifest, result-file-unusable */
export async function convert(target: string, options: ConvertOptions): Promise<0> {
  const { result, notes } = convertSource(await readManifestSource(target, { pull: options.pull }), options);
  if (options.output === undefined) await write(process.stdout, result);
  else await writeResult(options.output, result, options.force === true);
  for (const note of notes) await write(process.stderr, `seed convert: ${safe(note)}.\n`);
  return 0;
}

function convertSource(source: ManifestSource, { to, without }: ConvertOptions): Converted<string> {
  const { text, where } = source;
  const isOlder = isOlderManifest(parseManifest(text, where));
  if (to === undefined && !isOlder) {
    loadManifest(text, where);
    throw new SeedbedError('invalid-usage', { problem: `${where} is of Seed 1.0.0 already; say --to cwl` });
  }
  if (to !== 'cwl' && without.length > 0)
    throw new SeedbedError('invalid-usage', { problem: '--without needs --to cwl' });
  const upgraded = isOlder ? upgradeManifest(text, where) : { result: text, notes: [] };
  if (to !== 'cwl') {
    loadManifest(upgraded.result, where);
    return upgraded;
  }
  const { manifest } = loadManifest(upgraded.result, where);
  const { defaults, minimums } = readConfig();
  const { result, notes } = convertToCwl({
    manifest: withoutNames(manifest, without),
    image: source.image ? where : imageName(manifest),
    imageEnvironment: source.image?.environment,
    leftOut: without,
    where,
    defaults,
    minimums,
  });
  return { result: `${JSON.stringify(result, null, 2)}\n`, notes: [...upgraded.notes, ...notes] };
}

async function writeResult(file: string, text: string, force: boolean): Promise<void> {
  try {
    await (force ? replaceFile : createFile)(file, text);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOSPC', 'EDQUOT'))
      throw new SeedbedError('disk-full', { what: file }, { cause: thrown });
    const reason = isErrno(thrown, 'EEXIST')
      ? 'it is there already, and --force would overwrite it'
      : reasonOf(thrown);
    throw new SeedbedError('result-file-unusable', { path: file, reason });
  }
}
