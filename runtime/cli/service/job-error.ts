import type { ResultDocument } from '../../../seed-schema/index.ts';
import type { ErrorDocument, JobDetails } from '../../client/index.ts';
import { registry } from '../../errors/index.ts';

export type ErrorMember = NonNullable<ResultDocument['error']>;

const categories: Readonly<Record<string, ErrorMember['category']>> = {
  SYSTEM: 'system',
  DATA: 'data',
  ALGORITHM: 'job',
};

/** Why a job did not complete, as result documents say it; null of one that did. Pure. */
export function errorOf({
  id,
  status,
  error,
}: Pick<JobDetails, 'id' | 'status' | 'error'>): ErrorMember | null {
  if (status === 'COMPLETED') return null;
  if (status === 'CANCELED' || !error) {
    const { code, title, category } = registry.canceled;
    return { name: 'canceled', title, category, code, message: `The job ${id} was canceled.` };
  }
  return {
    name: error.name,
    title: error.title ?? error.name,
    category: categories[error.category] ?? 'system',
    message: error.description ?? error.name,
    code: codeOf(error),
  };
}

/** The code of the registry: an error that a manifest declares has none of its own. */
export function codeOf({ id, is_builtin: isBuiltin }: Pick<ErrorDocument, 'id' | 'is_builtin'>): string {
  return isBuiltin ? `SB${String(id).padStart(4, '0')}` : registry['job-error'].code;
}
