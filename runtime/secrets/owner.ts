/** Whose secrets they are: those of all jobs of a type, of one job, of a webhook, or of a workspace. */
export interface SecretOwner {
  readonly kind: 'job_type' | 'job' | 'webhook' | 'workspace';
  /** Of its row: `job_type.id`, `job.id`, `webhook.id` or `workspace.id`. */
  readonly id: number;
}

/** For messages: `job type 17`. */
export function ownerWords({ kind, id }: SecretOwner): string {
  return `${kind.replace('_', ' ')} ${id}`;
}
