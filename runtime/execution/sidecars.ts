import { judgeMetadata, type Finding } from '../../seed-schema/index.ts';
import type { FileMetadata } from '../catalog/index.ts';
import { interpretSidecar, JsonProblem, jsonbSafe, parseBoundedJson } from '../catalog/sidecar/index.ts';
import type { Limits } from '../config/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type Countable, inChunks, mapInParallel, packedAtOnce, PackedList } from '../workspace/index.ts';
import { readBounded, UnreadableJson } from './bounded-json.ts';
import type { Harvest } from './harvest.ts';
import type { OutputEntries, OutputEntry } from './output-entries.ts';
import { sidecarSuffix } from './paths.ts';
import type { SidecarJudge } from './request.ts';
import type { Harvested, Warning } from './result.ts';

/** What the sidecars say. */
export interface Described {
  readonly files: Countable<Harvested>;
  /** By input. */
  readonly parsedInputs: ReadonlyMap<string, FileMetadata>;
  readonly warnings: readonly Warning[];
}

/** Bytes. Sidecars are read at the same time where all are small, or 10,000 would wait for the disk 10,000 times. */
const small = 1 << 20;

/**
 * Reads `<file>.metadata.json` beside each product and `<INPUT_NAME>.metadata.json` at the top of OUTPUT_DIR for the
 * inputs themselves. A sidecar that describes nothing is said so.
 * @param judge takes the place of our own rules; what it accepts and we cannot read is left out, with a warning
 * @throws invalid-metadata
 */
export async function readSidecars(
  harvest: Harvest,
  manifest: Manifest,
  limits: Limits,
  judge?: SidecarJudge,
): Promise<Described> {
  const warnings: Warning[] = [];
  const read = judge ? readLeniently(judge, (warning) => warnings.push(warning)) : readStrictly;
  const { entries } = harvest.tree;
  const taken = new Uint8Array(entries.length);
  const budget = new Budget(limits);
  const take = async (relativePath: string) => {
    const index = entries.indexOf(relativePath);
    if (index === -1 || taken[index] === 1) return undefined;
    taken[index] = 1;
    const entry = entries.at(index);
    return isSidecar(entry) ? readSidecar(entries, entry, budget, read) : undefined;
  };
  const atOnce = areSmall(entries) ? 16 : 1;
  const files = new PackedList<Harvested>();
  for (const chunk of inChunks(harvest.files, packedAtOnce))
    files.push(
      ...(await mapInParallel(chunk, atOnce, async (file) => ({
        ...file,
        metadata: (await take(file.relativePath + sidecarSuffix)) ?? null,
      }))),
    );
  const parsedInputs = new Map<string, FileMetadata>();
  for (const { name, multiple } of manifest.job.interface.inputs.files) {
    const metadata = await take(name + sidecarSuffix);
    if (metadata && multiple)
      warnings.push({
        name: 'unused-sidecar',
        description: `${name}${sidecarSuffix} is ignored: ${name} takes several files, and it does not say which.`,
      });
    else if (metadata) parsedInputs.set(name, metadata);
  }
  for (let index = 0; index < entries.length; index++) {
    if (taken[index] === 1 || !isSidecar(entries.at(index))) continue;
    warnings.push({
      name: 'unused-sidecar',
      description: `${JSON.stringify(entries.at(index).relativePath)} describes no captured product and no input; it is ignored.`,
    });
  }
  return { files, parsedInputs, warnings };
}

function isSidecar({ relativePath, kind }: OutputEntry): boolean {
  return relativePath.endsWith(sidecarSuffix) && kind !== 'directory';
}

function areSmall(entries: Iterable<OutputEntry>): boolean {
  for (const entry of entries) if (entry.size > small && isSidecar(entry)) return false;
  return true;
}

/** Sidecars are held in memory until they are rows: so many bytes of them in one job, and no more. */
class Budget {
  #left: number;
  readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
    this.#left = limits.sidecarsMiB * 2 ** 20;
  }

  spend({ size }: OutputEntry): void {
    this.#left -= size;
    if (this.#left < 0)
      throw new UnreadableJson(
        `the sidecars of this job are more than ${this.limits.sidecarsMiB} MiB together (SEED_MAX_SIDECARS_MIB)`,
      );
  }
}

/** Makes metadata of a parsed sidecar; null: there is none to be had. @throws JsonProblem, UnreadableJson */
type Reader = (document: unknown, file: string) => FileMetadata | null;

async function readSidecar(
  entries: OutputEntries,
  entry: OutputEntry,
  budget: Budget,
  read: Reader,
): Promise<FileMetadata | null> {
  try {
    const bytes = await readBounded(entries, entry, budget.limits);
    budget.spend(entry);
    const document = jsonbSafe(parseBoundedJson(bytes, { maxDepth: budget.limits.jsonDepth }));
    return read(document, entry.relativePath);
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown;
    throw new SeedbedError('invalid-metadata', { file: entry.relativePath, problem: thrown.message });
  }
}

function readStrictly(document: unknown): FileMetadata {
  refuse(judgeMetadata(document).errors);
  return interpretSidecar(document);
}

/** What a schema of the user's own accepts is valid, but it may say nothing that the catalogue understands. */
function readLeniently(judge: SidecarJudge, warn: (warning: Warning) => void): Reader {
  return (document, file) => {
    refuse(judge(document), 'by the schema given, ');
    try {
      return readStrictly(document);
    } catch (thrown) {
      if (!isProblem(thrown)) throw thrown;
      const description = `${JSON.stringify(file)} is valid by the schema given, and no metadata can be read from it: ${thrown.message}`;
      warn({ name: 'metadata-not-read', description });
      return null;
    }
  };
}

function refuse(errors: readonly Finding[], by = ''): void {
  const problems = errors.map(({ description }) => description).join('; ');
  if (errors.length > 0) throw new UnreadableJson(by + problems);
}

function isProblem(thrown: unknown): thrown is JsonProblem | UnreadableJson {
  return thrown instanceof JsonProblem || thrown instanceof UnreadableJson;
}
