import type {
  JobFilterDocument,
  JobPost,
  JobTypePatch,
  JobTypePost,
  NodePatch,
  TokenPost,
  UserPatch,
  UserPost,
} from '../../seed-schema/index.ts';
import type {
  AcceptedJob,
  ExecutionDetails,
  ExecutionRow,
  FileRow,
  JobDetails,
  JobRow,
  JobTypeDetails,
  JobTypeRow,
  NewToken,
  NodeRow,
  Page,
  SavedJobType,
  ServiceUser,
  TokenDocument,
  WhyDocument,
} from './documents.ts';
import { downloadFile } from './download-file.ts';
import { type FollowOptions, followLog, type LogPiece, type LogSelection } from './follow-log.ts';
import { type Connection, type Parameters, Transport } from './transport.ts';
import { type Uploaded, uploadFile } from './upload-file.ts';

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

  /** @param key the same key again is the same job, so that a lost answer can be asked for once more */
  submitJob(job: JobPost, key: string): Promise<AcceptedJob> {
    return this.#transport.json('POST', '/jobs/', {
      json: job,
      headers: { 'Idempotency-Key': key },
      repeatable: true,
    });
  }

  jobs(query: Parameters): Promise<Page<JobRow>> {
    return this.#transport.json('GET', '/jobs/', { query });
  }

  job(id: number): Promise<JobDetails> {
    return this.#transport.json('GET', `/jobs/${id}/`);
  }

  why(id: number): Promise<WhyDocument> {
    return this.#transport.json('GET', `/jobs/${id}/why/`);
  }

  /** The last one first. */
  executions(jobId: number): Promise<Page<ExecutionRow>> {
    return this.#transport.json('GET', `/jobs/${jobId}/executions/`, { query: { page_size: 1000 } });
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

  async changeJobType(name: string, version: string, change: JobTypePatch): Promise<void> {
    await this.#transport.json('PATCH', typePath(name, version), { json: change, repeatable: true });
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

  upload(file: string, name: string): Promise<Uploaded> {
    return uploadFile(this.#transport, file, name);
  }

  download(id: number, target: string): Promise<void> {
    return downloadFile(this.#transport, id, target);
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

  followLog(
    execution: number,
    selection: LogSelection,
    options?: FollowOptions,
  ): AsyncGenerator<LogPiece, void, undefined> {
    return followLog(this.#transport, execution, selection, options);
  }
}

function typePath(name: string, version: string): string {
  return `/job-types/${encodeURIComponent(name)}/${encodeURIComponent(version)}/`;
}
