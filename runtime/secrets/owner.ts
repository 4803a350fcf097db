/** Whose secrets they are: those of all jobs of a type, of one job, of a webhook, of a workspace, or of a strike. */
export interface SecretOwner {
  readonly kind: 'job_type' | 'job' | 'webhook' | 'workspace' | 'strike';
  /** Of its row: `job_type.id`, `job.id`, `webhook.id`, `workspace.id` or `strike.id`. */
  readonly id: number;
}

/** For messages: `job type 17`. */
export function ownerWords({ kind, id }: SecretOwner): string {
  return `${kind.replace('_', ' ')} ${id}`;
}
