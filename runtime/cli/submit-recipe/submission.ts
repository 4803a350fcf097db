import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { RecipePost } from '../../../seed-schema/index.ts';
import {
  type AcceptedRecipe,
  type Client,
  type DefinedRecipeType,
  ServiceRefusal,
} from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Config } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { Stopwatch } from '../../execution/index.ts';
import { judgeNames } from '../recipe-file/input-names.ts';
import { loadBundle } from '../recipe-file/load-bundle.ts';
import { givenJsonToSend } from '../run/json-inputs.ts';
import { givenInputs } from '../submit/given-inputs.ts';
import { idOf } from '../submit/submission.ts';
import type { LocalFiles } from '../submit/file-documents.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SubmitRecipeOptions } from './options.ts';
import { saveBundle } from './save-bundle.ts';

/** A recipe that the service has taken. */
export interface RecipeSubmission {
  readonly recipe: AcceptedRecipe;
  /** Files that were sent: where they are here, by their number there. */
  readonly sent: LocalFiles;
}

/**
 * Registers what is new, judges the command line, sends the files, and submits.
 * @throws what is wrong with the file or the command line; what the service refuses; service-unreachable
 */
export async function submitRecipeTo(
  client: Client,
  target: string,
  options: SubmitRecipeOptions,
  config: Config,
  tell: (line: string) => void,
): Promise<RecipeSubmission> {
  const { post, sent } = await postOf(client, target, options, config, tell);
  return { recipe: await client.submitRecipe(post, randomUUID()), sent };
}

/** What the service is to be told: what is new is registered and sent before, but for a dry run. */
export async function postOf(
  client: Client,
  target: string,
  options: SubmitRecipeOptions,
  config: Config,
  tell: (line: string) => void,
): Promise<{ readonly post: RecipePost; readonly sent: LocalFiles }> {
  if (options.dryRun && isFile(target)) throw needless(`${target} is a recipe file`);
  const type = await typeOf(client, target, options, config, tell);
  const { name, revision_num: revision, definition } = type;
  const { input } = definition;
  judgeNames(name, input, options);
  const json = await givenJsonToSend(options.json, input.json, config.limits);
  const given = await givenInputs(options.input, input.files);
  const sent = new Map<number, { path: string; sha256: string }>();
  const files: Record<string, number[]> = {};
  for (const [input_name, inputs] of given) {
    files[input_name] = [];
    for (const one of inputs) {
      if (options.dryRun && 'path' in one) throw needless(`${one.path} is a file of this machine`);
      files[input_name].push(await idOf(client, one, sent, tell));
    }
  }
  const { priority } = options;
  const values = Object.fromEntries([...json].map(([key, { value }]) => [key, value]));
  const post: RecipePost = {
    recipe_type_name: name,
    revision_num: revision,
    input: { version: '7', files, json: values },
    ...(options.reuse && { reuse: true }),
    ...(priority !== undefined && {
      configuration: { priority: wholeNumber('--priority', priority, { most: 2_147_483_647 }) },
    }),
  };
  return { post, sent };
}

function needless(what: string): SeedbedError {
  return new SeedbedError('invalid-usage', {
    problem: `--dry-run registers and sends nothing, and ${what}: name a recipe type and files that the service knows`,
  });
}

/** A word that looks like a path, or is one, is a recipe file. */
function isFile(target: string): boolean {
  return /\/|\.(ya?ml|json)$/i.test(target) || existsSync(target);
}

async function typeOf(
  client: Client,
  target: string,
  { pull }: SubmitRecipeOptions,
  config: Config,
  tell: (line: string) => void,
): Promise<DefinedRecipeType> {
  if (!isFile(target))
    return client.recipeType(target).catch((thrown: unknown) => {
      throw thrown instanceof ServiceRefusal && thrown.error === 'not-found'
        ? new SeedbedError('not-found', {
            what: `recipe type ${target}; \`seed recipe-types\` lists those that there are`,
          })
        : thrown;
    });
  const engine = createEngine(config);
  // It is needed for images only.
  engine.catch(() => undefined);
  try {
    const stopwatch = new Stopwatch(() => undefined);
    const how = { engine, pull: pull ?? config.pull, stopwatch, progress: tell };
    return await saveBundle(client, await loadBundle(target, how), tell);
  } finally {
    await engine.then((opened) => opened.close()).catch(() => undefined);
  }
}
