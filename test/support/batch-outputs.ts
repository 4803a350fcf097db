import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '../../runtime/client/index.ts';
import type { Installation } from './cli.ts';
import { manifestDocument } from './manifest.ts';

/** Rows of batches with jobs that have ended, and files of the service for them; nothing of it ever ran. */
export class BatchOutputs {
  readonly #seedbed: Installation;
  readonly #client: Client;
  readonly #desk: string;

  constructor(seedbed: Installation, client: Client, desk: string) {
    this.#seedbed = seedbed;
    this.#client = client;
    this.#desk = desk;
  }

  /** @returns the id of a file; with `name` in the catalogue, whatever an upload may be called */
  async file(content: Buffer | string, name: string): Promise<number> {
    const local = path.join(await mkdtemp(path.join(this.#desk, 'up-')), 'file');
    await writeFile(local, content);
    const { file } = await this.#client.upload(local, 'file');
    await this.#seedbed.query('update scale_file set file_name = $2 where id = $1', [file.id, name]);
    return file.id;
  }

  async batch(jobType: string, state = 'CREATED', name: string | null = null): Promise<number> {
    const manifest = manifestDocument({ name: jobType });
    await this.#client.saveJobType({ docker_image: `${jobType}:1`, manifest });
    return this.#one(
      `insert into batch (name, job_type_id, job_type_revision_id, definition, state)
       select $2::text, t.id, r.id, '{}', $3 from job_type t join job_type_revision r on r.job_type_id = t.id
       where t.name = $1 order by r.id desc limit 1 returning id`,
      [jobType, name, state],
    );
  }

  /** A job of the type of its batch, that gave these files, by output. */
  job(
    batch: number,
    files: Readonly<Record<string, readonly number[]>>,
    status = 'COMPLETED',
  ): Promise<number> {
    return this.#one(
      `insert into job (job_type_id, job_type_revision_id, status, timeout, input, output, batch_id)
       select job_type_id, job_type_revision_id, $3, 60, '{"version": "7", "files": {}, "json": {}}', $2, id
       from batch where id = $1 returning id`,
      [batch, status === 'COMPLETED' ? JSON.stringify({ version: '7', files, json: {} }) : null, status],
    );
  }

  /** Gives a job other files. */
  async change(job: number, files: Readonly<Record<string, readonly number[]>>): Promise<void> {
    await this.#seedbed.query(`update job set output = $2, status = 'COMPLETED' where id = $1`, [
      job,
      JSON.stringify({ version: '7', files, json: {} }),
    ]);
  }

  async #one(sql: string, values: readonly unknown[]): Promise<number> {
    const [row] = await this.#seedbed.query<{ id: number }>(sql, values);
    return row!.id;
  }
}
