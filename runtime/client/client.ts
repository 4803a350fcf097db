import type { RecipeGraphDocument } from '../../seed-schema/recipe/graph-document.ts';
import type {
  AcceptedJob,
  AcceptedRecipe,
  RecipeDetails,
  DefinedRecipeType,
  ExecutionDetails,
  ExecutionRow,
  FileDetails,
  FileRow,
  Finding,
  JobDetails,
  JobExecution,
  JobRow,
  JobTypeDetails,
  JobTypeRow,
  NewToken,
  NodeRow,
  PurgeDocument,
  PurgeReport,
  RetentionPlan,
  RetentionRule,
  Page,
  RecipeTypeJudgement,
  RecipeTypeRevision,
  RecipeTypeRow,
  RecipeRow,
  ReprocessedRecipe,
  ReprocessPlan,
  SavedJobType,
  SavedRecipeType,
  ServiceUser,
  TokenDocument,
  ExplanationDocument,
  ForeseenDocument,
  WhyDocument,
} from './documents.ts';
import type {
  IngestRow,
  Judgement,
  ScanDetails,
  ScanRow,
  StrikeDetails,
  StrikeRow,
} from './ingest-documents.ts';
import type {
  AddedMembers,
  BatchDetails,
  BatchRow,
  DatasetRow,
  OutputFilePage,
  ScheduleRow,
  ScheduleRun,
  TaskResult,
  TaskRow,
} from './batch-documents.ts';
import { type AnyOptions, callOperation, rowsOf } from './call.ts';
import type { Answer, Body, CallArguments, ListName, OperationName, Row } from './operations.ts';
import { downloadFile } from './download-file.ts';
import { type FollowOptions, followLog, type LogPiece, type LogSelection } from './follow-log.ts';
import { type Draft, resumeDownload, type ResumeOptions } from './resume-download.ts';
import { type Connection, type Parameters, Transport } from './transport.ts';
import { type Persistence, persistent } from './retries.ts';
import { type Uploaded, uploadFile, type UploadOptions } from './upload-file.ts';
import { uploadUrl } from './upload-url.ts';

/** A line of a log. */
export interface LogLine {
  readonly message: string;
  readonly stream: 'stdout' | 'stderr';
}

/**
 * The service, as commands use it. Every method throws `service-unreachable` where nothing answers, `token-refused`, and
 * what the service refuses, in its words. What may be asked twice is asked again when the connection fails.
 */
export class Client {
  readonly #transport: Transport;

  constructor(connection: Connection) {
    this.#transport = new Transport(connection);
  }

  /** Without a slash at the end. */
  get url(): string {
    return this.#transport.url;
  }

  /**
   * Any operation of the service, by its method and address in the OpenAPI document.
   * @example await client.call('GET /jobs/{id}', { path: { id: 7 } })
   * @returns what its JSON holds; undefined without a body; of other content, the answer itself
   */
  async call<Name extends OperationName>(
    name: Name,
    ...[options]: CallArguments<Name>
  ): Promise<Answer<Name>> {
    return (await callOperation(this.#transport, name, options as AnyOptions)).answer as Answer<Name>;
  }

  /** The same, with the status and the headers of the answer. */
  exchange<Name extends OperationName>(
    name: Name,
    ...[options]: CallArguments<Name>
  ): Promise<{ readonly answer: Answer<Name>; readonly status: number; readonly headers: Headers }> {
    return callOperation(this.#transport, name, options as AnyOptions) as never;
  }

  /**
   * Every row of a list; pages are asked for as they are needed.
   * @example for await (const job of client.rows('GET /jobs', { query: { status: 'FAILED' } })) console.log(job.id)
   */
  rows<Name extends ListName>(
    name: Name,
    ...[options]: CallArguments<Name>
  ): AsyncGenerator<Row<Name>, void, undefined> {
    return rowsOf(this.#transport, name, options as AnyOptions) as never;
  }

  /** Which service it is, wherever it is asked for. @returns the uuid of its installation; null of one that does not say */
  async installation(): Promise<string | null> {
    const { installation } = await this.call('GET /version');
    return installation ?? null;
  }

  /** @param key the same key again is the same job, so that a lost answer can be asked for once more */
  async submitJob(job: Body<'POST /jobs'>, key: string): Promise<AcceptedJob> {
    const { answer, headers } = await this.exchange('POST /jobs', { body: job, idempotencyKey: key });
    if (headers.get('Idempotency-Replayed') === null) return answer;
    // What was answered then: by now it may have ended.
    return { ...(await this.job(answer.id)), warnings: answer.warnings };
  }

  jobs(query: Parameters): Promise<Page<JobRow>> {
    return this.#list('GET /jobs', query);
  }

  job(id: number): Promise<JobDetails> {
    return this.call('GET /jobs/{id}', { path: { id } });
  }

  recipes(query: Parameters): Promise<Page<RecipeRow>> {
    return this.#list('GET /recipes', query);
  }

  recipe(id: number): Promise<RecipeDetails> {
    return this.call('GET /recipes/{id}', { path: { id } });
  }

  /** @param key the same key again is the same recipe, so that a lost answer can be asked for once more */
  submitRecipe(recipe: Body<'POST /recipes'>, key: string): Promise<AcceptedRecipe> {
    const begun = this.call('POST /recipes', { body: recipe, idempotencyKey: key });
    return begun as Promise<AcceptedRecipe>; // without `dry_run`
  }

  /** What it would run and reuse; nothing is begun. */
  foreseeRecipe(recipe: Body<'POST /recipes'>): Promise<ForeseenDocument> {
    const foreseen = this.call('POST /recipes', { body: recipe, query: { dry_run: true }, repeatable: true });
    return foreseen as Promise<ForeseenDocument>;
  }

  /** @param levels of sub-recipes that are shown too */
  recipeGraph(id: number, levels = 0): Promise<RecipeGraphDocument> {
    return this.call('GET /recipes/{id}/graph', {
      path: { id },
      query: { expand: levels },
    }) as Promise<unknown> as Promise<RecipeGraphDocument>;
  }

  /** What `reprocess` would do now. */
  planReprocess(id: number, wanted: Body<'POST /recipes/{id}/reprocess'>): Promise<ReprocessPlan> {
    const query = { dry_run: true };
    return this.call('POST /recipes/{id}/reprocess', {
      path: { id },
      body: wanted,
      query,
      repeatable: true,
    }) as Promise<unknown> as Promise<ReprocessPlan>;
  }

  /** Makes a recipe that supersedes another one. */
  reprocess(id: number, wanted: Body<'POST /recipes/{id}/reprocess'>): Promise<ReprocessedRecipe> {
    return this.call('POST /recipes/{id}/reprocess', {
      path: { id },
      body: wanted,
    }) as Promise<unknown> as Promise<ReprocessedRecipe>;
  }

  why(id: number): Promise<WhyDocument> {
    return this.call('GET /jobs/{id}/why', { path: { id } });
  }

  /** Why a job ran, and was not reused. @param against a job to compare it with; undefined: the most similar one */
  explain(id: number, against?: number): Promise<ExplanationDocument> {
    return this.call('GET /jobs/{id}/explain', { path: { id }, query: { against } });
  }

  /** The last one first. */
  executions(jobId: number): Promise<Page<ExecutionRow>> {
    return this.call('GET /jobs/{id}/executions', { path: { id: jobId }, query: { page_size: 1000 } });
  }

  /** Of any jobs, the latest first. */
  allExecutions(query: Parameters): Promise<Page<JobExecution>> {
    return this.#list('GET /job-executions', query);
  }

  execution(jobId: number, num: number): Promise<ExecutionDetails> {
    return this.call('GET /jobs/{id}/executions/{num}', { path: { id: jobId, num } });
  }

  /** Is carried out after the answer. @returns the number of the action */
  cancel(filter: Body<'POST /jobs/cancel'>): Promise<{ readonly id: number }> {
    return this.call('POST /jobs/cancel', { body: filter, repeatable: true });
  }

  /** Is carried out after the answer. @returns the number of the action */
  requeue(filter: Body<'POST /jobs/requeue'>): Promise<{ readonly id: number }> {
    return this.call('POST /jobs/requeue', { body: filter });
  }

  jobTypes(query: Parameters): Promise<Page<JobTypeRow>> {
    return this.#list('GET /job-types', query);
  }

  /** Every version of a job type, older ones first. @throws not-found */
  jobTypeVersions(name: string): Promise<Page<JobTypeRow>> {
    return this.call('GET /job-types/{name}', { path: { name }, query: { page_size: 1000 } });
  }

  jobType(name: string, version: string): Promise<JobTypeDetails> {
    return this.call('GET /job-types/{name}/{version}', { path: { name, version } });
  }

  /** Registers a job type, or brings it up to date. */
  saveJobType(type: Body<'POST /job-types'>): Promise<SavedJobType> {
    return this.call('POST /job-types', { body: type, repeatable: true });
  }

  /** Judges a manifest and a configuration of its job type; nothing is kept. */
  judgeJobType(type: {
    readonly manifest: unknown;
    readonly configuration: unknown;
  }): Promise<{ readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] }> {
    return this.call('POST /job-types/validation', {
      body: type as Body<'POST /job-types/validation'>,
      repeatable: true,
    });
  }

  async changeJobType(
    name: string,
    version: string,
    change: Body<'PATCH /job-types/{name}/{version}'>,
  ): Promise<void> {
    await this.call('PATCH /job-types/{name}/{version}', {
      path: { name, version },
      body: change,
      repeatable: true,
    });
  }

  recipeTypes(query: Parameters): Promise<Page<RecipeTypeRow>> {
    return this.#list('GET /recipe-types', query);
  }

  /** @throws not-found */
  recipeType(name: string): Promise<DefinedRecipeType> {
    return this.call('GET /recipe-types/{name}', {
      path: { name },
    }) as Promise<unknown> as Promise<DefinedRecipeType>;
  }

  /** @throws not-found */
  recipeTypeRevision(name: string, revision: number): Promise<RecipeTypeRevision> {
    return this.call('GET /recipe-types/{name}/revisions/{revision}', {
      path: { name, revision },
    }) as Promise<unknown> as Promise<RecipeTypeRevision>;
  }

  /** Makes a recipe type, or brings the one of that name up to date. */
  saveRecipeType(type: Body<'POST /recipe-types'>): Promise<SavedRecipeType> {
    return this.call('POST /recipe-types', {
      body: type,
      repeatable: true,
    }) as Promise<unknown> as Promise<SavedRecipeType>;
  }

  /** Judges a definition, and says what it would change; nothing is kept. */
  judgeRecipeType(type: {
    readonly name: string;
    readonly definition: unknown;
  }): Promise<RecipeTypeJudgement> {
    return this.call('POST /recipe-types/validation', {
      body: type as Body<'POST /recipe-types/validation'>,
      repeatable: true,
    });
  }

  nodes(query: Parameters = {}): Promise<Page<NodeRow>> {
    return this.#list('GET /nodes', { page_size: 1000, ...query }) as Promise<unknown> as Promise<
      Page<NodeRow>
    >;
  }

  async changeNode(id: number, change: Body<'PATCH /nodes/{id}'>): Promise<void> {
    await this.call('PATCH /nodes/{id}', { path: { id }, body: change, repeatable: true });
  }

  users(): Promise<Page<ServiceUser>> {
    return this.call('GET /accounts/users', { query: { page_size: 1000 } });
  }

  addUser(user: Body<'POST /accounts/users'>): Promise<ServiceUser> {
    return this.call('POST /accounts/users', { body: user });
  }

  changeUser(id: number, change: Body<'PATCH /accounts/users/{id}'>): Promise<ServiceUser> {
    return this.call('PATCH /accounts/users/{id}', { path: { id }, body: change, repeatable: true });
  }

  async removeUser(id: number): Promise<void> {
    await this.call('DELETE /accounts/users/{id}', { path: { id } });
  }

  /** One's own; of an administrator, all. Newest first. */
  tokens(): Promise<Page<TokenDocument>> {
    return this.call('GET /accounts/tokens', { query: { page_size: 1000 } });
  }

  makeToken(token: Body<'POST /accounts/tokens'>): Promise<NewToken> {
    return this.call('POST /accounts/tokens', { body: token });
  }

  async revokeToken(id: number): Promise<void> {
    await this.call('DELETE /accounts/tokens/{id}', { path: { id }, repeatable: true });
  }

  retentionRules(): Promise<Page<RetentionRule>> {
    return this.call('GET /retention-rules', { query: { page_size: 1000 } });
  }

  addRetentionRule(rule: Body<'POST /retention-rules'>): Promise<RetentionRule> {
    return this.call('POST /retention-rules', { body: rule });
  }

  async removeRetentionRule(id: number): Promise<void> {
    await this.call('DELETE /retention-rules/{id}', { path: { id } });
  }

  /** What a pass over the catalogue would remove. @param rule one that is only thought of */
  planRetention(rule: Body<'POST /retention-rules/dry-run'>): Promise<RetentionPlan> {
    return this.call('POST /retention-rules/dry-run', { body: rule, repeatable: true });
  }

  /** Has a pass over the catalogue begin. */
  async runRetention(): Promise<void> {
    await this.call('POST /retention-rules/pass', { repeatable: true });
  }

  /** What a purge would remove. @throws not-a-source, file-held */
  planPurge(purge: Body<'POST /files/purge-source'>): Promise<PurgeReport> {
    const query = { dry_run: true };
    return this.call('POST /files/purge-source', {
      body: purge,
      query,
      repeatable: true,
    }) as Promise<unknown> as Promise<PurgeReport>;
  }

  /** Is carried out after the answer. @returns the number of the purge */
  async purge(purge: Body<'POST /files/purge-source'>): Promise<number> {
    const { headers } = await this.exchange('POST /files/purge-source', { body: purge, repeatable: true });
    return Number(/\/purges\/(\d+)\/$/.exec(headers.get('location') ?? '')?.[1]);
  }

  purgeOf(id: number): Promise<PurgeDocument> {
    return this.call('GET /purges/{id}', { path: { id } });
  }

  strikes(query: Parameters): Promise<Page<StrikeRow>> {
    return this.#list('GET /strikes', query);
  }

  strike(id: number): Promise<StrikeDetails> {
    return this.call('GET /strikes/{id}', { path: { id } });
  }

  addStrike(strike: object): Promise<StrikeDetails> {
    return this.call('POST /strikes', { body: strike as Body<'POST /strikes'> });
  }

  /** Nothing is kept. */
  judgeStrike(strike: object): Promise<Judgement> {
    return this.call('POST /strikes/validation', {
      body: strike as Body<'POST /strikes/validation'>,
      repeatable: true,
    });
  }

  async changeStrike(id: number, change: Body<'PATCH /strikes/{id}'>): Promise<void> {
    await this.call('PATCH /strikes/{id}', { path: { id }, body: change, repeatable: true });
  }

  scans(query: Parameters): Promise<Page<ScanRow>> {
    return this.#list('GET /scans', query);
  }

  scan(id: number): Promise<ScanDetails> {
    return this.call('GET /scans/{id}', { path: { id } }) as Promise<unknown> as Promise<ScanDetails>;
  }

  addScan(scan: object): Promise<ScanDetails> {
    return this.call('POST /scans', {
      body: scan as Body<'POST /scans'>,
    }) as Promise<unknown> as Promise<ScanDetails>;
  }

  /** Nothing is kept. */
  judgeScan(scan: object): Promise<Judgement> {
    return this.call('POST /scans/validation', {
      body: scan as Body<'POST /scans/validation'>,
      repeatable: true,
    });
  }

  /** @param ingest false: a dry run */
  processScan(id: number, ingest: boolean): Promise<ScanDetails> {
    return this.call('POST /scans/{id}/process', {
      path: { id },
      body: { ingest },
    }) as Promise<unknown> as Promise<ScanDetails>;
  }

  async cancelScan(id: number): Promise<void> {
    await this.call('POST /scans/cancel/{id}', { path: { id }, repeatable: true });
  }

  datasets(query: Parameters): Promise<Page<DatasetRow>> {
    return this.#list('GET /datasets', query);
  }

  dataset(id: number): Promise<DatasetRow> {
    return this.call('GET /datasets/{id}', { path: { id } });
  }

  addDataset(dataset: Body<'POST /datasets'>): Promise<DatasetRow> {
    const made = this.call('POST /datasets', { body: dataset });
    return made as Promise<DatasetRow>; // without `dry_run`
  }

  /** Nothing is kept. */
  judgeDataset(dataset: Body<'POST /datasets/validation'>): Promise<Judgement> {
    return this.call('POST /datasets/validation', { body: dataset, repeatable: true });
  }

  /** @param members `data`, or `data_template` with filters of files */
  addMembers(id: number, members: Body<'POST /datasets/{id}'>): Promise<AddedMembers> {
    return this.call('POST /datasets/{id}', { path: { id }, body: members });
  }

  schedules(query: Parameters): Promise<Page<ScheduleRow>> {
    return this.#list('GET /schedules', query);
  }

  addSchedule(schedule: Body<'POST /schedules'>): Promise<ScheduleRow> {
    return this.call('POST /schedules', { body: schedule });
  }

  async changeSchedule(id: number, change: Body<'PATCH /schedules/{id}'>): Promise<void> {
    await this.call('PATCH /schedules/{id}', { path: { id }, body: change, repeatable: true });
  }

  async runSchedule(id: number): Promise<void> {
    await this.call('POST /schedules/{id}/run', { path: { id } });
  }

  async removeSchedule(id: number): Promise<void> {
    await this.call('DELETE /schedules/{id}', { path: { id } });
  }

  /** The last one first. */
  scheduleRuns(id: number, query: Parameters): Promise<Page<ScheduleRun>> {
    return this.call('GET /schedules/{id}/runs', { path: { id }, query });
  }

  ingests(query: Parameters): Promise<Page<IngestRow>> {
    return this.#list('GET /ingests', query);
  }

  /** @param key its id, or the name of the file */
  ingest(key: string): Promise<IngestRow> {
    return this.call('GET /ingests/{ingest}', { path: { ingest: key } });
  }

  /** What the jobs of a batch gave, by job and output, page by page. A service that is away for a while is waited for. */
  async *batchFiles(id: number, query: Parameters): AsyncGenerator<OutputFilePage, void, undefined> {
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer<'GET /batches/{id}/files'> = await this.call('GET /batches/{id}/files', {
        ...{ path: { id }, persistence: persistent },
        query: { ...query, cursor, page_size: 1000 },
      });
      yield { ...page, isFirst: cursor === '' };
      cursor = page.next && new URL(page.next, this.url).searchParams.get('cursor');
    }
  }

  files(query: Parameters): Promise<Page<FileRow>> {
    return this.#list('GET /files', query);
  }

  file(id: number): Promise<FileDetails> {
    return this.call('GET /files/{id}', { path: { id } });
  }

  /** Where the bytes of a file are. */
  contentAddress(id: number): string {
    return this.#transport.address(`/files/${id}/content/`);
  }

  /** SHA-256 of a file, hexadecimal; null when it was not taken or the file is not there any more. */
  async checksum(id: number): Promise<string | null> {
    try {
      const response = await this.#transport.send('HEAD', `/files/${id}/content/`);
      return /^"([0-9a-f]{64})"$/.exec(response.headers.get('etag') ?? '')?.[1] ?? null;
    } catch {
      return null;
    }
  }

  /** The file that it has of a content and name already. @param sha256 hexadecimal */
  async knownFile(sha256: string, name: string, persistence?: Persistence): Promise<FileDetails | null> {
    const query = { sha256, file_name: name };
    const { file } = await this.call('GET /files/known', { query, persistence });
    return file;
  }

  /** @param sha256 of the file, where it is known */
  upload(file: string, name: string, sha256?: string, options?: UploadOptions): Promise<Uploaded> {
    return uploadFile(this.#transport, file, name, sha256, options);
  }

  /** Sends what a URL has, as it comes. @throws intake-url-unreadable */
  uploadUrl(url: string, persistence: Persistence = persistent, signal?: AbortSignal): Promise<FileDetails> {
    const known = (sha256: string, name: string) => this.knownFile(sha256, name, persistence);
    return uploadUrl(this.#transport, url, persistence, known, signal);
  }

  /** One page of batches. */
  batches(query: Parameters): Promise<Page<BatchRow>> {
    return this.#list('GET /batches', query);
  }

  batch(id: number, persistence?: Persistence): Promise<BatchDetails> {
    return this.call('GET /batches/{id}', { path: { id }, persistence });
  }

  addBatch(batch: object): Promise<BatchDetails> {
    const made = this.call('POST /batches', { body: batch as Body<'POST /batches'> });
    return made as Promise<BatchDetails>; // without `dry_run`
  }

  /** What the first of its recipes or jobs that are not made yet would run and reuse; nothing is begun. */
  foreseeBatch(id: number, limit?: number): Promise<Answer<'GET /batches/{id}/foreseen'>> {
    return this.call('GET /batches/{id}/foreseen', { path: { id }, query: { limit } });
  }

  /** Has its tasks begin; twice is once. */
  finalizeBatch(id: number): Promise<BatchDetails> {
    return this.call('POST /batches/{id}/finalize', { path: { id }, repeatable: true });
  }

  /** Is carried out after the answer. */
  async cancelBatch(id: number): Promise<void> {
    await this.call('POST /batches/{id}/cancel', { path: { id }, repeatable: true });
  }

  /** Is carried out after the answer. */
  async requeueFailed(id: number): Promise<void> {
    await this.call('POST /batches/{id}/requeue-failed', { path: { id }, repeatable: true });
  }

  batchTasks(id: number, query: Parameters): Promise<Page<TaskRow>> {
    return this.call('GET /batches/{id}/tasks', { path: { id }, query });
  }

  tasks(query: Parameters, persistence?: Persistence): Promise<Page<TaskRow>> {
    return this.call('GET /tasks', { query, persistence });
  }

  /**
   * Adds up to 1,000 tasks, each of which may be refused alone. Sent again until the service takes it: each task must have a
   * `unique_id`, by which it is there once.
   */
  async addTasks(
    batch: number | undefined,
    tasks: Body<'POST /tasks/bulk'>['tasks'],
    { persistence = persistent, signal }: { persistence?: Persistence; signal?: AbortSignal } = {},
  ): Promise<readonly TaskResult[]> {
    const { results } = await this.call('POST /tasks/bulk', { body: { batch, tasks }, persistence, signal });
    return results;
  }

  /** What `addTasks` would answer, 200 in place of 201: nothing is stored. A file that is to be sent has a `file_name`. */
  async judgeTasks(
    batch: number | undefined,
    tasks: Body<'POST /tasks/bulk'>['tasks'],
    { persistence = persistent, signal }: { persistence?: Persistence; signal?: AbortSignal } = {},
  ): Promise<readonly TaskResult[]> {
    const { results } = await this.call('POST /tasks/bulk', {
      ...{ query: { dry_run: true }, body: { batch, tasks }, persistence, signal },
    });
    return results;
  }

  /** @returns its SHA-256, hexadecimal */
  download(id: number, target: string): Promise<string> {
    return downloadFile(this.#transport, id, target);
  }

  /** The same into a directory, going on with what an earlier command left there. */
  fetch(id: number, directory: string, options: ResumeOptions): Promise<Draft> {
    return resumeDownload(this.#transport, id, directory, options);
  }

  /** Where the log of an execution is. */
  logAddress(execution: number, selection: LogSelection): string {
    return this.#transport.address(`/job-executions/${execution}/logs/${selection}/`);
  }

  /** What an execution has printed until now. */
  async logLines(execution: number, selection: LogSelection): Promise<readonly LogLine[]> {
    const path = `/job-executions/${execution}/logs/${selection}/`;
    const response = await this.#transport.send('GET', path, { query: { format: 'json' } });
    return response.status === 204 ? [] : ((await response.json()) as LogLine[]);
  }

  /** The end of what an execution has printed until now, as text. @param bytes at most; a line that is cut is left out */
  async logEnd(execution: number, bytes: number): Promise<string> {
    const path = `/job-executions/${execution}/logs/combined/`;
    const response = await this.#transport.send('GET', path, { query: { format: 'txt' } });
    let end = Buffer.alloc(0);
    let isCut = false;
    for await (const chunk of response.body ?? []) {
      end = Buffer.concat([end, chunk as Uint8Array]);
      isCut ||= end.length > bytes;
      end = end.subarray(-bytes);
    }
    const text = end.toString('utf8');
    return isCut ? text.slice(text.indexOf('\n') + 1) : text;
  }

  followLog(
    execution: number,
    selection: LogSelection,
    options?: FollowOptions,
  ): AsyncGenerator<LogPiece, void, undefined> {
    return followLog(this.#transport, execution, selection, options);
  }

  /** Filters of the commands are texts of their users: the service judges them. */
  #list<Name extends ListName>(name: Name, query: Parameters): Promise<Answer<Name>> {
    const options = { query } as unknown as CallArguments<Name>[0];
    return this.call(name, ...([options] as unknown as CallArguments<Name>));
  }
}
