import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { givenData, Workspaces } from '../../catalog/index.ts';
import { readConfig } from '../../config/index.ts';
import { connect, type Database } from '../../database/index.ts';
import { createEngine, type Engine } from '../../engine/index.ts';
import { type ExitCode, SeedbedError } from '../../errors/index.ts';
import { planResources, readJsonInput, Stopwatch } from '../../execution/index.ts';
import { ensureEventPartitions } from '../../jobs/index.ts';
import { createLogger } from '../../logging/index.ts';
import {
  compareFiles,
  identityDifferences,
  lostInputs,
  type Origin,
  originOf,
} from '../../provenance/index.ts';
import { Interruption } from '../interruption.ts';
import { print } from '../service/print.ts';
import { fileId } from '../service/job-id.ts';
import { chooseProgress } from '../run/choose-progress.ts';
import { type Draft, emptyDraft } from '../run/document.ts';
import { givenMounts, refuseEngineSocket } from '../run/mounts.ts';
import { makeOutputDirectory } from '../run/output-directory.ts';
import type { KnownParts, Prepared } from '../run/prepare.ts';
import { runJob } from '../run/run-job.ts';
import { givenSettings } from '../run/settings.ts';
import { localInputs } from './local-inputs.ts';
import type { ReproduceOptions } from './options.ts';
import { asText, type Reproduction } from './reproduction.ts';
import { sameImage } from './same-image.ts';

/**
 * `seed reproduce ID`.
 * @returns 0 every output is the same; otherwise what the help says
 * @throws not-found, not-reproducible
 */
export async function reproduce(text: string, options: ReproduceOptions): Promise<0 | ExitCode> {
  const id = fileId(text);
  const config = readConfig();
  const progress = chooseProgress(options);
  const interruption = new Interruption();
  const scratch = await mkdtemp(path.join(tmpdir(), 'seedbed-reproduce-'));
  let db: Database | undefined;
  let engine: Engine | undefined;
  let workspaces: Workspaces | undefined;
  try {
    db = await connect(config);
    await ensureEventPartitions(db);
    engine = await createEngine(config);
    workspaces = new Workspaces(db, config);
    const origin = await originOf(db, id);
    const pull = options.pull ?? config.pull;
    const machine = await engine.capabilities();
    const told = (line: string) => progress.detail(line);
    const { manifest } = origin;
    const settings = settingsOf(origin, options);
    const inputs = await localInputs(origin, workspaces, scratch);
    const problems = [...lostInputs(origin), ...inputs.problems, ...settings.problems];
    const found = await sameImage(engine, origin, pull, told).catch((thrown: unknown) => {
      if (!(thrown instanceof SeedbedError) || thrown.error !== 'target-not-found') throw thrown;
      problems.push(`the image ${origin.image} cannot be had: ${String(thrown.parameters.reason)}`);
      return undefined;
    });
    if (problems.length > 0 || !found)
      throw new SeedbedError('not-reproducible', { file: id, reason: problems.join('; ') });
    const mounts = await givenMounts(options.mount, manifest);
    await refuseEngineSocket(mounts, machine.socket);
    const recipe = origin.recipeInput ? await givenData(db, origin.recipeInput) : undefined;
    const prepared = preparedOf(origin, {
      recipe,
      ...{ image: found.image, files: inputs.files, inputs: inputs.rows },
      ...{ settings: settings.values, mounts, machine },
    });
    planResources({ manifest, files: inputs.files, overrides: prepared.request.overrides }, machine, config);
    const directory = await makeOutputDirectory(options.outDir, manifest.job.name, new Date());
    const draft = emptyDraft(new Date());
    const { exit } = await runJob({
      ...{ db, engine, machine, config, prepared, directory, draft, progress },
      ...{
        logger: createLogger(config.logLevel),
        stopwatch: new Stopwatch((step, ms) => progress.step(step, ms)),
      },
      ...{ signal: interruption.signal, keep: false, reuse: false },
    });
    await progress.close();
    const unsure = [
      ...(found.doubt === undefined ? [] : [found.doubt]),
      ...origin.unsure,
      ...settings.doubts,
    ];
    const [one] = Object.values(draft.outputs.files).flatMap(([first]) => first ?? []);
    const known = one?.id == null ? undefined : await identityDifferences(db, origin.executionId, one.id);
    const reproduction = outcome(origin, draft, known ?? unsure, directory.path);
    await print(options.format, reproduction, () => asText(reproduction));
    if (exit !== 0) return exit;
    return reproduction.same ? 0 : 1;
  } finally {
    await progress.close();
    workspaces?.close();
    await Promise.resolve(engine?.close()).catch(() => undefined);
    await db?.close();
    await rm(scratch, { recursive: true, force: true });
    interruption.end();
  }
}

/** Secrets are those of the caller; all others are as they were, unless they are given. */
function settingsOf({ manifest, settings, secrets }: Origin, { setting }: ReproduceOptions) {
  const given = givenSettings(setting, manifest, process.env).settings;
  const asked = secrets.filter((name) => !given.has(name));
  const missing = asked.filter((name) => process.env[name] === undefined);
  const own = asked.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    values: new Map([...Object.entries(settings), ...own, ...given]),
    problems: missing.map(
      (name) => `the secret setting ${name} is not known any more: give it with -e ${name}`,
    ),
    doubts: secrets.map((name) => `whether the secret setting ${name} is the same cannot be known`),
  };
}

/** What `prepare` makes of a command line, of what is known of an execution. */
function preparedOf(
  origin: Origin,
  parts: Pick<Prepared['request'], 'image' | 'settings' | 'mounts'> &
    Pick<Prepared, 'files' | 'machine'> &
    Pick<KnownParts, 'inputs' | 'recipe'>,
): Prepared {
  const { image, files, inputs, recipe, settings, mounts, machine } = parts;
  const { manifest } = origin;
  const json = manifest.job.interface.inputs.json.flatMap((input) => {
    const value = origin.json[input.name];
    return value === undefined
      ? []
      : [[input.name, readJsonInput(input, JSON.stringify(value), Infinity)] as const];
  });
  return {
    target: {
      ...{
        manifest,
        document: origin.document,
        directory: undefined,
        imageReference: origin.image,
        warnings: [],
      },
      image: async () => image,
      imageAsItIs: async () => image,
    },
    files,
    known: { type: origin.type, inputs, recipe },
    request: {
      ...{ manifest, imageReference: origin.image, image, files, settings, mounts },
      ...{
        json: new Map(json),
        overrides: new Map(Object.entries(origin.resources)),
        network: origin.network,
      },
    },
    machine,
    warnings: [],
  };
}

function outcome(origin: Origin, draft: Draft, doubts: readonly string[], directory: string): Reproduction {
  const again = Object.entries(draft.outputs.files).flatMap(([output, files]) =>
    [...files].flatMap(({ id, file_name: name, path: place, sha256 }) =>
      id === null ? [] : [{ id, output, name, path: place, sha256 }],
    ),
  );
  const files = compareFiles(origin.outputs, again);
  const names = [...new Set([...Object.keys(origin.outputJson), ...Object.keys(draft.outputs.json)])].sort();
  const json = names.map((name) => {
    const [old, now] = [origin.outputJson[name], draft.outputs.json[name]];
    const isSame = JSON.stringify(old) === JSON.stringify(now);
    const verdict = now === undefined ? 'missing' : old === undefined ? 'extra' : isSame ? 'same' : 'differs';
    return { name, verdict } as const;
  });
  const isSame = [...files, ...json].every(({ verdict }) => verdict === 'same');
  return {
    file: origin.fileId,
    execution: origin.executionId,
    same: draft.error === null && isSame,
    error: draft.error,
    doubts,
    files,
    json,
    directory,
  };
}
