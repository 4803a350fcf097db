import type { History, HistoryExecution, HistoryFile } from '../history/history.ts';
import { name, type ProvDocument, Statements } from './statements.ts';

/**
 * A history as W3C PROV (https://www.w3.org/TR/prov-dm/) in JSON (https://www.w3.org/submissions/prov-json/). Files are
 * entities, executions activities; job type, image, runtime and submitter are agents; types of recipes are plans, and a
 * recipe is a collection of what it made. The same history gives the same document. Pure.
 */
export function provDocument(history: History): ProvDocument {
  const { installation, files, executions, links, cut, fileId } = history;
  const said = new Statements();
  for (const file of files) {
    const isCut = file.id === fileId ? cut : { ancestors: false, descendants: false };
    sayFile(said, file, isCut);
  }
  for (const execution of executions) sayExecution(said, execution);
  const makers = new Map(files.map(({ id, executionId }) => [id, executionId]));
  const activityOf = (id: number) => {
    const execution = makers.get(id);
    return execution == null ? undefined : `execution:${execution}`;
  };
  const used = new Set<string>();
  for (const { ancestorId, descendantId, inputs } of links) {
    const activity = activityOf(descendantId) ?? importOf(said, descendantId);
    const entity = `file:${ancestorId}`;
    if (!used.has(`${activity} ${entity}`))
      said.relate('used', {
        'prov:activity': activity,
        'prov:entity': entity,
        'prov:role': inputs.length > 0 ? inputs : undefined,
      });
    used.add(`${activity} ${entity}`);
    said.relate('wasDerivedFrom', {
      'prov:generatedEntity': `file:${descendantId}`,
      'prov:usedEntity': entity,
      'prov:activity': activity,
    });
  }
  const imported = new Set(
    links.flatMap(({ descendantId }) => (activityOf(descendantId) ? [] : [descendantId])),
  );
  const byId = new Map(executions.map((execution) => [execution.id, execution]));
  for (const file of files) sayMaking(said, file, byId.get(file.executionId ?? 0), imported.has(file.id));
  return said.document(prefixes(installation));
}

function sayFile(said: Statements, file: HistoryFile, cut: History['cut']): void {
  const { id, workspace, path } = file;
  said.declare('entity', `file:${id}`, {
    'prov:type': name('seedbed:File'),
    'prov:label': file.name,
    'prov:location': file.url ?? `${workspace}/${path}`,
    'seedbed:workspace': workspace,
    'seedbed:path': path,
    'seedbed:version': file.versionId,
    'seedbed:file_type': file.fileType,
    'seedbed:media_type': file.mediaType,
    'seedbed:file_size': file.size,
    'seedbed:sha256': file.sha256,
    'seedbed:superseded': file.superseded,
    'seedbed:ancestors_cut': cut.ancestors || undefined,
    'seedbed:descendants_cut': cut.descendants || undefined,
  });
  if (file.deleted !== null)
    said.relate('wasInvalidatedBy', { 'prov:entity': `file:${id}`, 'prov:time': file.deleted });
}

function sayExecution(said: Statements, execution: HistoryExecution): void {
  const { id, jobType, image, imageId, submitter, recipe } = execution;
  const activity = said.declare('activity', `execution:${id}`, {
    'prov:type': name('seedbed:Execution'),
    'prov:label': `${jobType.name} ${jobType.version}`,
    'prov:startTime': execution.started,
    'prov:endTime': execution.ended,
    'seedbed:job': execution.jobId,
    'seedbed:number': execution.number,
    'seedbed:node': execution.node,
    'seedbed:json': JSON.stringify(execution.json),
    'seedbed:settings': JSON.stringify(execution.settings),
    'seedbed:output_id': execution.outputId,
    'seedbed:recipe_node': recipe?.node,
  });
  const plan = recipe ? sayPlan(said, recipe) : undefined;
  const associate = (agent: string, role: string) =>
    said.relate('wasAssociatedWith', {
      'prov:activity': activity,
      'prov:agent': agent,
      'prov:plan': plan,
      'prov:role': role,
    });
  const software = name('prov:SoftwareAgent');
  associate(
    said.declare('agent', jobTypeName(jobType), {
      'prov:type': [software, name('seedbed:JobType')],
      'prov:label': `${jobType.name} ${jobType.version}`,
      'seedbed:revision': jobType.revision,
    }),
    'job type',
  );
  associate(
    said.declare('agent', `image:${encodeURIComponent(imageId ?? image)}`, {
      'prov:type': [software, name('seedbed:Image')],
      'prov:label': image,
      'seedbed:image_id': imageId,
    }),
    'image',
  );
  const runtime = said.declare('agent', `runtime:${execution.runtime}`, {
    'prov:type': [software, name('seedbed:Runtime')],
  });
  associate(runtime, 'runtime');
  if (submitter !== null) {
    const user = said.declare('agent', userName(submitter), {
      'prov:type': name('seedbed:User'),
      'prov:label': submitter,
    });
    associate(user, 'submitter');
    said.relate('actedOnBehalfOf', {
      'prov:delegate': runtime,
      'prov:responsible': user,
      'prov:activity': activity,
    });
  }
  for (const job of execution.reusedBy) {
    const reuse = said.declare('activity', `job:${job}`, {
      'prov:type': name('seedbed:Reuse'),
      'prov:label': `job ${job} took these files over`,
    });
    said.relate('wasInformedBy', { 'prov:informed': reuse, 'prov:informant': activity });
  }
}

function sayPlan(said: Statements, { type, revision }: NonNullable<HistoryExecution['recipe']>): string {
  return said.declare('entity', `recipe-type:${encodeURIComponent(type)}/${revision}`, {
    'prov:type': [name('prov:Plan'), name('seedbed:RecipeType')],
    'prov:label': `${type}, revision ${revision}`,
  });
}

/** What made a file in a Scale that it was taken over from: nothing else is known of it. @returns its name */
function importOf(said: Statements, fileId: number): string {
  return said.declare('activity', `imported:${fileId}`, {
    'prov:type': name('seedbed:ImportedExecution'),
    'prov:label': 'an execution of the Scale that the file was taken over from',
  });
}

function sayMaking(
  said: Statements,
  { id, created, output }: HistoryFile,
  execution: HistoryExecution | undefined,
  isImported: boolean,
): void {
  const entity = `file:${id}`;
  if (isImported) said.relate('wasGeneratedBy', { 'prov:entity': entity, 'prov:activity': `imported:${id}` });
  if (!execution) return;
  said.relate('wasGeneratedBy', {
    'prov:entity': entity,
    'prov:activity': `execution:${execution.id}`,
    'prov:time': created,
    'prov:role': output,
  });
  const makers = [jobTypeName(execution.jobType)];
  if (execution.submitter !== null) makers.push(userName(execution.submitter));
  for (const agent of makers) said.relate('wasAttributedTo', { 'prov:entity': entity, 'prov:agent': agent });
  if (!execution.recipe) return;
  const recipe = said.declare('entity', `recipe:${execution.recipe.id}`, {
    'prov:type': [name('prov:Collection'), name('seedbed:Recipe')],
    'prov:label': `recipe ${execution.recipe.id}`,
  });
  said.relate('hadMember', { 'prov:collection': recipe, 'prov:entity': entity });
}

function jobTypeName({ name, version, revision }: HistoryExecution['jobType']): string {
  return `job-type:${[name, version, `${revision}`].map(encodeURIComponent).join('/')}`;
}

function userName(user: string): string {
  return `user:${encodeURIComponent(user)}`;
}

/** Of one installation are all names but those of images, which are the same everywhere. */
function prefixes(installation: string): Record<string, string> {
  const kinds = [
    'file',
    'execution',
    'imported',
    'job',
    'job-type',
    'recipe',
    'recipe-type',
    'runtime',
    'user',
  ];
  return {
    seedbed: 'urn:seedbed:vocabulary:',
    image: 'urn:seedbed:image:',
    ...Object.fromEntries(kinds.map((kind) => [kind, `urn:seedbed:installation:${installation}:${kind}:`])),
  };
}
