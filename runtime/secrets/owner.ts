/** Whose secrets they are: those of all jobs of a type, of one job, or of a webhook. */
export interface SecretOwner {
  readonly kind: 'job_type' | 'job' | 'webhook';
  /** Of its row: `job_type.id`, `job.id` or `webhook.id`. */
  readonly id: number;
}

/** For messages: `job type 17`. */
export function ownerWords({ kind, id }: SecretOwner): string {
  return `${kind.replace('_', ' ')} ${id}`;
}
