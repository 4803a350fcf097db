import type { AcceptedRecipe, Client } from '../../client/index.ts';
import { readConfig } from '../../config/index.ts';
import { type ExitCode, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import type { RecipeResultDocument } from '../../../seed-schema/index.ts';
import { Interruption } from '../interruption.ts';
import { safe } from '../progress/job-lines.ts';
import { write } from '../progress/writer.ts';
import { followRecipe } from '../recipe/follow.ts';
import { errorDocument } from '../run/document.ts';
import { emptyRecipeResult } from '../run-recipe/document.ts';
import { problemWords, recipeSummary } from '../run-recipe/summary.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { fileDocuments } from '../submit/file-documents.ts';
import type { SubmitRecipeOptions } from './options.ts';
import { resultNodes } from './result.ts';
import { foreseenText } from './foreseen-text.ts';
import { postOf, type RecipeSubmission, submitRecipeTo } from './submission.ts';

/** Levels of sub-recipes that are shown. */
const levels = 10;

/**
 * `seed submit-recipe FILE|TYPE`.
 * @returns 0 submitted, or with `--wait` completed; 1 it cannot complete
 * @throws what is wrong with the file or the command line; what the service refuses
 */
export async function submitRecipe(target: string, options: SubmitRecipeOptions): Promise<0 | ExitCode> {
  const tell = options.quiet || options.format === 'json' ? () => undefined : say;
  const draft = emptyRecipeResult(new Date());
  try {
    const config = readConfig();
    const client = await openClient(config);
    if (options.dryRun) {
      const { post } = await postOf(client, target, options, config, tell);
      const foreseen = await client.foreseeRecipe(post);
      await print(options.format, foreseen, () => foreseenText(foreseen));
      return 0;
    }
    const submission = await submitRecipeTo(client, target, options, config, tell);
    const { recipe } = submission;
    if (options.wait) return await waitFor(client, submission, options, draft, tell);
    for (const { name, description } of recipe.warnings) say(`warning ${name}: ${description}`);
    await print(options.format, receipt(recipe), () => `${recipe.id}\n`);
    return 0;
  } catch (thrown) {
    if (!options.wait || options.format !== 'json') throw thrown;
    const error = toSeedbedError(thrown);
    draft.status = error.exit === 2 ? 'rejected' : 'failed';
    draft.error = errorDocument(error);
    await printResult(draft, target, options);
    return error.exit;
  }
}

function say(line: string): void {
  process.stderr.write(`${safe(line.replace(/\s*\n\s*/g, ' '))}\n`);
}

/** A signal ends the waiting, and the recipe goes on. */
async function waitFor(
  client: Client,
  { recipe, sent }: RecipeSubmission,
  options: SubmitRecipeOptions,
  draft: RecipeResultDocument,
  tell: (line: string) => void,
): Promise<0 | ExitCode> {
  const { id } = recipe;
  const interruption = new Interruption();
  try {
    tell(`recipe ${id} is submitted`);
    const silent = options.quiet === true || options.format === 'json';
    const read = () => client.recipeGraph(id, levels);
    const graph = await interruption.unlessStopped(followRecipe(read, { silent, out: process.stderr }));
    const details = await client.recipe(id);
    const { name } = graph.recipe_type;
    draft.recipe = id;
    draft.recipe_type = { name, revision_num: graph.recipe_type.revision_num };
    draft.warnings = recipe.warnings.map(({ name: kind, description }) => ({ name: kind, description }));
    draft.inputs = {
      files: await fileDocuments(client, details.input.files ?? {}, sent),
      json: { ...details.input.json },
    };
    draft.nodes = await interruption.unlessStopped(resultNodes(client, graph, sent));
    draft.status = graph.is_completed ? 'completed' : 'failed';
    if (!graph.is_completed)
      draft.error = errorDocument(
        new SeedbedError('recipe-not-completed', {
          recipe: name,
          problems: problemWords(draft.nodes),
          again: '`seed requeue` of its jobs',
        }),
      );
    await printResult(draft, name, options);
    return graph.is_completed ? 0 : 1;
  } catch (thrown) {
    if (!interruption.signal.aborted) throw thrown;
    process.stderr.write(`seed submit-recipe: recipe ${id} goes on; \`seed recipe ${id} -f\` follows it\n`);
    interruption.end();
    process.kill(process.pid, interruption.signal.reason as NodeJS.Signals);
    return 1;
  } finally {
    interruption.end();
  }
}

async function printResult(
  draft: RecipeResultDocument,
  label: string,
  { format, quiet }: SubmitRecipeOptions,
): Promise<void> {
  draft.ended = new Date().toISOString();
  if (format === 'json') return write(process.stdout, `${JSON.stringify(draft, null, 2)}\n`);
  if (quiet && !draft.error) return;
  await write(draft.error ? process.stderr : process.stdout, recipeSummary(draft, label));
}

/** What a recipe that was submitted is known by. */
function receipt({ id, recipe_type: type, recipe_type_rev: revision, warnings }: AcceptedRecipe): object {
  return { recipe_id: id, recipe_type: { name: type.name, revision_num: revision.revision_num }, warnings };
}
