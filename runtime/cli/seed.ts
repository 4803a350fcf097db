import { Command } from 'commander';
import { batchCommand } from './batch/options.ts';
import { batchDownloadCommand } from './batch-download/options.ts';
import {
  batchAddCommand,
  batchCancelCommand,
  batchCreateCommand,
  batchFinalizeCommand,
  batchRequeueCommand,
  batchStatusCommand,
} from './intake/options.ts';
import { cancelCommand } from './cancel/options.ts';
import { jobCommand } from './job/options.ts';
import { jobsCommand } from './jobs/options.ts';
import { logsCommand } from './logs/options.ts';
import { getCommand } from './get/options.ts';
import { purgeCommand } from './purge/options.ts';
import { retentionCommand } from './retention/options.ts';
import { nodesCommand } from './nodes/options.ts';
import { recipeTypeCommand } from './recipe-type/options.ts';
import { recipeTypesCommand } from './recipe-types/options.ts';
import { recipeCommand } from './recipe/options.ts';
import { recipesCommand } from './recipes/options.ts';
import { reportCommand } from './report/options.ts';
import { reprocessCommand } from './reprocess/options.ts';
import { reproduceCommand } from './reproduce/options.ts';
import { requeueCommand } from './requeue/options.ts';
import { saveRecipeTypeCommand } from './save-recipe-type/options.ts';
import { ingestsCommand } from './ingests/options.ts';
import { datasetsCommand } from './datasets/options.ts';
import { schedulesCommand } from './schedules/options.ts';
import { scansCommand } from './scans/options.ts';
import { strikesCommand } from './strikes/options.ts';
import { submitRecipeCommand } from './submit-recipe/options.ts';
import { submitCommand } from './submit/options.ts';
import { tokensCommand } from './tokens/options.ts';
import { typesCommand } from './types/options.ts';
import { usersCommand } from './users/options.ts';
import { explainCommand } from './explain/options.ts';
import { whyCommand } from './why/options.ts';
import { buildCommand } from './build/options.ts';
import { completionCommand, type CompletionOptions } from './completion/options.ts';
import { convertCommand } from './convert/options.ts';
import { dagCommand } from './dag/options.ts';
import { doctorCommand } from './doctor/options.ts';
import { specCommand } from './spec/options.ts';
import { countriesCommand } from './countries/options.ts';
import { fileCommand } from './file/options.ts';
import { filesCommand } from './files/options.ts';
import { gcCommand } from './gc/options.ts';
import { importScaleCommand } from './import-scale/options.ts';
import { ingestCommand } from './ingest/options.ts';
import { initCommand } from './init/options.ts';
import { inspectCommand } from './inspect/options.ts';
import { lineageCommand } from './lineage/options.ts';
import { listCommand } from './list/options.ts';
import { main, sayError } from './main.ts';
import { provenanceCommand } from './provenance/options.ts';
import { publishCommand } from './publish/options.ts';
import { pullCommand } from './pull/options.ts';
import { runCommand } from './run/options.ts';
import { reportRejection } from './run/rejection.ts';
import { serveCommand } from './serve/options.ts';
import { searchCommand } from './search/options.ts';
import { unpublishCommand } from './unpublish/options.ts';
import { validateCommand } from './validate/options.ts';
import { version } from './version.ts';

const command = new Command('seed')
  .description('Run containerised algorithms (Seed jobs) over files, and keep account of the files.')
  .version(version)
  .helpCommand('help [command]', 'explain a command')
  // What stands behind a command is that command's, also where it has commands of its own.
  .enablePositionalOptions();

/** Adds a command; what it does is loaded when it is called, and gives the process's exit code. */
function add<Args extends unknown[]>(
  sub: Command,
  load: () => Promise<(...args: Args) => Promise<number>>,
  to: Command = command,
) {
  to.addCommand(
    sub.action(async (...args: unknown[]) => {
      process.exitCode = await (await load())(...(args as Args));
    }),
  );
}

const authoring = () => import('./authoring.ts');
const clients = () => import('./service-commands.ts');

add(initCommand(), async () => (await authoring()).init);
add(validateCommand(), async () => (await import('./validate/validate.ts')).validate);
add(buildCommand(), async () => (await authoring()).build);
add(runCommand('run'), async () => (await import('./run/seed-run.ts')).seedRun);
// What stands behind one of its commands is for that, as -o.
const batches = batchCommand().enablePositionalOptions();
add(batches, async () => (await import('./batch/batch.ts')).batch);
add(batchCreateCommand(), async () => (await clients()).createBatches, batches);
add(batchAddCommand(), async () => (await clients()).addToBatch, batches);
add(batchFinalizeCommand(), async () => (await clients()).finalizeBatch, batches);
add(batchStatusCommand(), async () => (await clients()).batchStatus, batches);
add(batchCancelCommand(), async () => (await clients()).cancelBatch, batches);
add(batchRequeueCommand(), async () => (await clients()).requeueFailed, batches);
add(batchDownloadCommand(), async () => (await clients()).downloadBatches, batches);
add(listCommand(), async () => (await authoring()).listImages);
add(inspectCommand(), async () => (await authoring()).inspect);
add(searchCommand(), async () => (await authoring()).search);
add(pullCommand(), async () => (await authoring()).pull);
add(publishCommand(), async () => (await authoring()).publish);
add(unpublishCommand(), async () => (await authoring()).unpublish);
add(convertCommand(), async () => (await authoring()).convert);
add(dagCommand(), async () => (await import('./dag/dag.ts')).dagFiles);
add(specCommand(), async () => (await authoring()).spec);
add(filesCommand(), async () => (await import('./files/list-files.ts')).listFiles);
add(fileCommand(), async () => (await import('./file/show-file.ts')).showFile);
add(lineageCommand(), async () => (await import('./lineage/show-lineage.ts')).showLineage);
add(provenanceCommand(), async () => (await import('./provenance/provenance.ts')).provenance);
add(reproduceCommand(), async () => (await import('./reproduce/reproduce.ts')).reproduce);
add(countriesCommand(), async () => (await import('./countries/fill.ts')).fillInCountries);
add(importScaleCommand(), async () => (await import('./import-scale/import-scale.ts')).importScale);
add(ingestCommand(), async () => (await import('./ingest/ingest.ts')).ingest);
add(getCommand(), async () => (await import('./get/get.ts')).get);
add(purgeCommand(), async () => (await clients()).purge);
add(gcCommand(), async () => (await import('./gc/gc.ts')).gc);
add(retentionCommand(), async () => (await clients()).retention);
add(serveCommand(), async () => (await import('./serve/serve.ts')).serve);
add(submitCommand(), async () => (await clients()).submit);
add(submitRecipeCommand(), async () => (await clients()).submitRecipe);
add(jobsCommand(), async () => (await clients()).listJobs);
add(jobCommand(), async () => (await clients()).showJob);
add(recipesCommand(), async () => (await clients()).listRecipes);
add(recipeCommand(), async () => (await clients()).showRecipe);
add(reprocessCommand(), async () => (await clients()).reprocess);
add(reportCommand(), async () => (await clients()).report);
add(logsCommand(), async () => (await clients()).printLogs);
add(whyCommand(), async () => (await clients()).why);
add(explainCommand(), async () => (await clients()).explainJob);
add(cancelCommand(), async () => (await clients()).cancel);
add(requeueCommand(), async () => (await clients()).requeue);
add(nodesCommand(), async () => (await clients()).nodes);
add(typesCommand(), async () => (await clients()).types);
add(saveRecipeTypeCommand(), async () => (await clients()).saveRecipeType);
add(recipeTypesCommand(), async () => (await clients()).recipeTypes);
add(recipeTypeCommand(), async () => (await clients()).recipeType);
add(strikesCommand(), async () => (await clients()).strikes);
add(scansCommand(), async () => (await clients()).scans);
add(datasetsCommand(), async () => (await clients()).datasets);
add(schedulesCommand(), async () => (await clients()).schedules);
add(ingestsCommand(), async () => (await clients()).ingests);
add(usersCommand(), async () => (await clients()).users);
add(tokensCommand(), async () => (await clients()).tokens);
add(doctorCommand(), async () => (await import('./doctor/doctor.ts')).doctor);
add(completionCommand(), async () => {
  const { printCandidates, printCompletion } = await authoring();
  return (words: readonly string[], { complete }: CompletionOptions) =>
    complete ? printCandidates(command, words) : printCompletion(words);
});
add(
  new Command('version')
    .description('Print the versions of Seedbed and of the Seed standard.')
    .addHelpText('after', '\nExample:\n  seed version'),
  async () => (await authoring()).printVersion,
);

await main(command, (error) =>
  process.argv[2] === 'run' ? reportRejection('seed run', process.argv, error) : sayError('seed', error),
);
