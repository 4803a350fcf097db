import { createHash } from 'node:crypto';
import type { TaskPost } from '../../../seed-schema/index.ts';
import { canonicalJson } from '../../dag/index.ts';

/**
 * SHA-256 of what is to be run, as RFC 8785 text: without the unique id, and with the batch as its number. What is left out
 * counts as what it is by default.
 * @param batch null: the task is by itself
 */
export function digestOf(post: TaskPost, batch: number | string | null): Buffer {
  const { input, configuration = {}, priority, recipe_type, job_type } = post;
  const { files = {}, json = {} } = input;
  const text = canonicalJson({
    ...{ batch, files, json, configuration, priority, recipe_type, job_type },
  });
  return createHash('sha256').update(text).digest();
}
