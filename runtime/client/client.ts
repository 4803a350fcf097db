import type {
  JobFilterDocument,
  JobPost,
  JobTypePatch,
  JobTypePost,
  NodePatch,
  PurgePost,
  RecipePost,
  RecipeTypePost,
  RecipeGraphDocument,
  ReprocessPost,
  RetentionDryRun,
  RetentionRulePost,
  StrikePatch,
  TokenPost,
  UserPatch,
  UserPost,
} from '../../seed-schema/index.ts';
import type {
  AcceptedJob,
  AcceptedRecipe,
  RecipeDetails,
  DefinedRecipeType,
  ExecutionDetails,
  ExecutionRow,
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
import type { BatchDetails, BatchRow, TaskResult, TaskRow } from './batch-documents.ts';
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

  /** Which service it is, wherever it is asked for. @returns the uuid of its installation; null of one that does not say */
  async installation(): Promise<string | null> {
    const { installation } = await this.#transport.json<{ installation?: string }>('GET', '/version/');
    return installation ?? null;
  }

  /** @param key the same key again is the same job, so that a lost answer can be asked for once more */
  async submitJob(job: JobPost, key: string): Promise<AcceptedJob> {
    const { document, headers } = await this.#transport.answer<AcceptedJob>('POST', '/jobs/', {
      json: job,
      headers: { 'Idempotency-Key': key },
      repeatable: true,
    });
    if (headers.get('Idempotency-Replayed') === null) return document;
    // What was answered then: by now it may have ended.
    return { ...(await this.job(document.id)), warnings: document.warnings };
  }

  jobs(query: Parameters): Promise<Page<JobRow>> {
    return this.#transport.json('GET', '/jobs/', { query });
  }

  job(id: number): Promise<JobDetails> {
    return this.#transport.json('GET', `/jobs/${id}/`);
  }

  recipes(query: Parameters): Promise<Page<RecipeRow>> {
    return this.#transport.json('GET', '/recipes/', { query });
  }

  recipe(id: number): Promise<RecipeDetails> {
    return this.#transport.json('GET', `/recipes/${id}/`);
  }

  /** @param key the same key again is the same recipe, so that a lost answer can be asked for once more */
  submitRecipe(recipe: RecipePost, key: string): Promise<AcceptedRecipe> {
    const headers = { 'Idempotency-Key': key };
    return this.#transport
      .answer<AcceptedRecipe>('POST', '/recipes/', { json: recipe, headers, repeatable: true })
      .then(({ document }) => document);
  }

  /** @param levels of sub-recipes that are shown too */
  recipeGraph(id: number, levels = 0): Promise<RecipeGraphDocument> {
    return this.#transport.json('GET', `/recipes/${id}/graph/`, { query: { expand: levels } });
  }

  /** What `reprocess` would do now. */
  planReprocess(id: number, wanted: ReprocessPost): Promise<ReprocessPlan> {
    const query = { dry_run: true };
    return this.#transport.json('POST', `/recipes/${id}/reprocess/`, {
      json: wanted,
      query,
      repeatable: true,
    });
  }

  /** Makes a recipe that supersedes another one. */
  reprocess(id: number, wanted: ReprocessPost): Promise<ReprocessedRecipe> {
    return this.#transport.json('POST', `/recipes/${id}/reprocess/`, { json: wanted });
  }

  why(id: number): Promise<WhyDocument> {
    return this.#transport.json('GET', `/jobs/${id}/why/`);
  }

  /** Why a job ran, and was not reused. @param against a job to compare it with; undefined: the most similar one */
  explain(id: number, against?: number): Promise<ExplanationDocument> {
    return this.#transport.json('GET', `/jobs/${id}/explain/`, {
      query: against === undefined ? {} : { against },
    });
  }

  /** The last one first. */
  executions(jobId: number): Promise<Page<ExecutionRow>> {
    return this.#transport.json('GET', `/jobs/${jobId}/executions/`, { query: { page_size: 1000 } });
  }

  /** Of any jobs, the latest first. */
  allExecutions(query: Parameters): Promise<Page<JobExecution>> {
    return this.#transport.json('GET', '/job-executions/', { query });
  }

  execution(jobId: number, num: number): Promise<ExecutionDetails> {
    return this.#transport.json('GET', `/jobs/${jobId}/executions/${num}/`);
  }

  /** Is carried out after the answer. @returns the number of the action */
  cancel(filter: JobFilterDocument): Promise<{ readonly id: number }> {
    return this.#transport.json('POST', '/jobs/cancel/', { json: filter, repeatable: true });
  }

  /** Is carried out after the answer. @returns the number of the action */
  requeue(filter: JobFilterDocument): Promise<{ readonly id: number }> {
    return this.#transport.json('POST', '/jobs/requeue/', { json: filter });
  }

  jobTypes(query: Parameters): Promise<Page<JobTypeRow>> {
    return this.#transport.json('GET', '/job-types/', { query });
  }

  /** Every version of a job type, older ones first. @throws not-found */
  jobTypeVersions(name: string): Promise<Page<JobTypeRow>> {
    return this.#transport.json('GET', `/job-types/${encodeURIComponent(name)}/`, {
      query: { page_size: 1000 },
    });
  }

  jobType(name: string, version: string): Promise<JobTypeDetails> {
    return this.#transport.json('GET', typePath(name, version));
  }

  /** Registers a job type, or brings it up to date. */
  saveJobType(type: JobTypePost): Promise<SavedJobType> {
    return this.#transport.json('POST', '/job-types/', { json: type, repeatable: true });
  }

  /** Judges a manifest and a configuration of its job type; nothing is kept. */
  judgeJobType(type: {
    readonly manifest: unknown;
    readonly configuration: unknown;
  }): Promise<{ readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] }> {
    return this.#transport.json('POST', '/job-types/validation/', { json: type, repeatable: true });
  }

  async changeJobType(name: string, version: string, change: JobTypePatch): Promise<void> {
    await this.#transport.json('PATCH', typePath(name, version), { json: change, repeatable: true });
  }

  recipeTypes(query: Parameters): Promise<Page<RecipeTypeRow>> {
    return this.#transport.json('GET', '/recipe-types/', { query });
  }

  /** @throws not-found */
  recipeType(name: string): Promise<DefinedRecipeType> {
    return this.#transport.json('GET', recipeTypePath(name));
  }

  /** @throws not-found */
  recipeTypeRevision(name: string, revision: number): Promise<RecipeTypeRevision> {
    return this.#transport.json('GET', `${recipeTypePath(name)}revisions/${revision}/`);
  }

  /** Makes a recipe type, or brings the one of that name up to date. */
  saveRecipeType(type: RecipeTypePost & { readonly name: string }): Promise<SavedRecipeType> {
    return this.#transport.json('POST', '/recipe-types/', { json: type, repeatable: true });
  }

  /** Judges a definition, and says what it would change; nothing is kept. */
  judgeRecipeType(type: {
    readonly name: string;
    readonly definition: unknown;
  }): Promise<RecipeTypeJudgement> {
    return this.#transport.json('POST', '/recipe-types/validation/', { json: type, repeatable: true });
  }

  nodes(query: Parameters = {}): Promise<Page<NodeRow>> {
    return this.#transport.json('GET', '/nodes/', { query: { page_size: 1000, ...query } });
  }

  async changeNode(id: number, change: NodePatch): Promise<void> {
    await this.#transport.send('PATCH', `/nodes/${id}/`, { json: change, repeatable: true });
  }

  users(): Promise<Page<ServiceUser>> {
    return this.#transport.json('GET', '/accounts/users/', { query: { page_size: 1000 } });
  }

  addUser(user: UserPost): Promise<ServiceUser> {
    return this.#transport.json('POST', '/accounts/users/', { json: user });
  }

  changeUser(id: number, change: UserPatch): Promise<ServiceUser> {
    return this.#transport.json('PATCH', `/accounts/users/${id}/`, { json: change, repeatable: true });
  }

  async removeUser(id: number): Promise<void> {
    await this.#transport.send('DELETE', `/accounts/users/${id}/`);
  }

  /** One's own; of an administrator, all. Newest first. */
  tokens(): Promise<Page<TokenDocument>> {
    return this.#transport.json('GET', '/accounts/tokens/', { query: { page_size: 1000 } });
  }

  makeToken(token: TokenPost): Promise<NewToken> {
    return this.#transport.json('POST', '/accounts/tokens/', { json: token });
  }

  async revokeToken(id: number): Promise<void> {
    await this.#transport.send('DELETE', `/accounts/tokens/${id}/`, { repeatable: true });
  }

  retentionRules(): Promise<Page<RetentionRule>> {
    return this.#transport.json('GET', '/retention-rules/', { query: { page_size: 1000 } });
  }

  addRetentionRule(rule: RetentionRulePost): Promise<RetentionRule> {
    return this.#transport.json('POST', '/retention-rules/', { json: rule });
  }

  async removeRetentionRule(id: number): Promise<void> {
    await this.#transport.send('DELETE', `/retention-rules/${id}/`);
  }

  /** What a pass over the catalogue would remove. @param rule one that is only thought of */
  planRetention(rule: RetentionDryRun): Promise<RetentionPlan> {
    return this.#transport.json('POST', '/retention-rules/dry-run/', { json: rule, repeatable: true });
  }

  /** Has a pass over the catalogue begin. */
  async runRetention(): Promise<void> {
    await this.#transport.send('POST', '/retention-rules/pass/', { repeatable: true });
  }

  /** What a purge would remove. @throws not-a-source, file-held */
  planPurge(purge: PurgePost): Promise<PurgeReport> {
    const query = { dry_run: true };
    return this.#transport.json('POST', '/files/purge-source/', { json: purge, query, repeatable: true });
  }

  /** Is carried out after the answer. @returns the number of the purge */
  async purge(purge: PurgePost): Promise<number> {
    const { headers } = await this.#transport.send('POST', '/files/purge-source/', {
      json: purge,
      repeatable: true,
    });
    return Number(/\/purges\/(\d+)\/$/.exec(headers.get('location') ?? '')?.[1]);
  }

  purgeOf(id: number): Promise<PurgeDocument> {
    return this.#transport.json('GET', `/purges/${id}/`);
  }

  strikes(query: Parameters): Promise<Page<StrikeRow>> {
    return this.#transport.json('GET', '/strikes/', { query });
  }

  strike(id: number): Promise<StrikeDetails> {
    return this.#transport.json('GET', `/strikes/${id}/`);
  }

  addStrike(strike: object): Promise<StrikeDetails> {
    return this.#transport.json('POST', '/strikes/', { json: strike });
  }

  /** Nothing is kept. */
  judgeStrike(strike: object): Promise<Judgement> {
    return this.#transport.json('POST', '/strikes/validation/', { json: strike, repeatable: true });
  }

  async changeStrike(id: number, change: StrikePatch): Promise<void> {
    await this.#transport.send('PATCH', `/strikes/${id}/`, { json: change, repeatable: true });
  }

  scans(query: Parameters): Promise<Page<ScanRow>> {
    return this.#transport.json('GET', '/scans/', { query });
  }

  scan(id: number): Promise<ScanDetails> {
    return this.#transport.json('GET', `/scans/${id}/`);
  }

  addScan(scan: object): Promise<ScanDetails> {
    return this.#transport.json('POST', '/scans/', { json: scan });
  }

  /** Nothing is kept. */
  judgeScan(scan: object): Promise<Judgement> {
    return this.#transport.json('POST', '/scans/validation/', { json: scan, repeatable: true });
  }

  /** @param ingest false: a dry run */
  processScan(id: number, ingest: boolean): Promise<ScanDetails> {
    return this.#transport.json('POST', `/scans/${id}/process/`, { json: { ingest } });
  }

  async cancelScan(id: number): Promise<void> {
    await this.#transport.json('POST', `/scans/cancel/${id}/`, { json: {}, repeatable: true });
  }

  ingests(query: Parameters): Promise<Page<IngestRow>> {
    return this.#transport.json('GET', '/ingests/', { query });
  }

  /** @param key its id, or the name of the file */
  ingest(key: string): Promise<IngestRow> {
    return this.#transport.json('GET', `/ingests/${encodeURIComponent(key)}/`);
  }

  files(query: Parameters): Promise<Page<FileRow>> {
    return this.#transport.json('GET', '/files/', { query });
  }

  file(id: number): Promise<FileRow> {
    return this.#transport.json('GET', `/files/${id}/`);
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
  async knownFile(sha256: string, name: string, persistence?: Persistence): Promise<FileRow | null> {
    const query = { sha256, file_name: name };
    const path = '/files/known/';
    const asked = { query, persistence };
    const { file } = await this.#transport.json<{ file: FileRow | null }>('GET', path, asked);
    return file;
  }

  /** @param sha256 of the file, where it is known */
  upload(file: string, name: string, sha256?: string, options?: UploadOptions): Promise<Uploaded> {
    return uploadFile(this.#transport, file, name, sha256, options);
  }

  /** Sends what a URL has, as it comes. @throws intake-url-unreadable */
  uploadUrl(url: string, persistence: Persistence = persistent, signal?: AbortSignal): Promise<FileRow> {
    const known = (sha256: string, name: string) => this.knownFile(sha256, name, persistence);
    return uploadUrl(this.#transport, url, persistence, known, signal);
  }

  /** One page of batches. */
  batches(query: Parameters): Promise<Page<BatchRow>> {
    return this.#transport.json('GET', '/batches/', { query });
  }

  batch(id: number): Promise<BatchDetails> {
    return this.#transport.json('GET', `/batches/${id}/`);
  }

  addBatch(batch: object): Promise<BatchDetails> {
    return this.#transport.json('POST', '/batches/', { json: batch });
  }

  /** Has its tasks begin; twice is once. */
  finalizeBatch(id: number): Promise<BatchDetails> {
    return this.#batchAction(id, 'finalize');
  }

  /** Is carried out after the answer. */
  async cancelBatch(id: number): Promise<void> {
    await this.#transport.send('POST', `/batches/${id}/cancel/`, { json: {}, repeatable: true });
  }

  /** Is carried out after the answer. */
  async requeueFailed(id: number): Promise<void> {
    await this.#transport.send('POST', `/batches/${id}/requeue-failed/`, { json: {}, repeatable: true });
  }

  batchTasks(id: number, query: Parameters): Promise<Page<TaskRow>> {
    return this.#transport.json('GET', `/batches/${id}/tasks/`, { query });
  }

  tasks(query: Parameters, persistence?: Persistence): Promise<Page<TaskRow>> {
    return this.#transport.json('GET', '/tasks/', { query, persistence });
  }

  /**
   * Adds up to 1,000 tasks, each of which may be refused alone. Sent again until the service takes it: each task must have a
   * `unique_id`, by which it is there once.
   */
  async addTasks(
    batch: number | undefined,
    tasks: readonly object[],
    { persistence = persistent, signal }: { persistence?: Persistence; signal?: AbortSignal } = {},
  ): Promise<readonly TaskResult[]> {
    const { results } = await this.#transport.json<{ results: readonly TaskResult[] }>(
      'POST',
      '/tasks/bulk/',
      {
        json: { ...(batch !== undefined && { batch }), tasks },
        persistence,
        signal,
      },
    );
    return results;
  }

  #batchAction(id: number, action: string): Promise<BatchDetails> {
    return this.#transport.json('POST', `/batches/${id}/${action}/`, { json: {}, repeatable: true });
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
}

function recipeTypePath(name: string): string {
  return `/recipe-types/${encodeURIComponent(name)}/`;
}

function typePath(name: string, version: string): string {
  return `/job-types/${encodeURIComponent(name)}/${encodeURIComponent(version)}/`;
}
