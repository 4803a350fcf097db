/** Whose secrets they are: those of all jobs of a type, or of one job. */
export interface SecretOwner {
  readonly kind: 'job_type' | 'job';
  /** `job_type.id` or `job.id`. */
  readonly id: number;
}

/** For messages: `job type 17`. */
export function ownerWords({ kind, id }: SecretOwner): string {
  return `${kind.replace('_', ' ')} ${id}`;
}
