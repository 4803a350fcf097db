import type { Finding, TaskResult } from '../../../client/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import type { Place } from '../rows/task.ts';

/** What became of a task. */
export interface Outcome extends Place {
  /** Its own, or a generated one. */
  readonly uniqueId: string | undefined;
  /** `ready`: it was judged only, and would be taken. */
  readonly kind: 'created' | 'there' | 'failed' | 'ready';
  readonly taskId?: number | undefined;
  /** Of one that was there: whether it is the same task; undefined where its files were not fetched to tell. */
  readonly samePayload?: boolean | undefined;
  readonly error?: SeedbedError;
  /** The input or column that is to blame. */
  readonly column?: string | null;
  readonly warnings?: readonly Finding[];
}

/** What the service says of a task that was sent. Pure. */
export function outcomeOf(
  { number, where, uniqueId }: Pick<Outcome, 'number' | 'where' | 'uniqueId'>,
  { status, task, same_payload: samePayload, errors = [], warnings = [] }: TaskResult,
): Outcome {
  const place = { number, where, uniqueId, warnings, taskId: task?.id };
  if (status === 201) return { ...place, kind: 'created' };
  if (status === 200) return { ...place, kind: 'ready' };
  if (status === 409) return { ...place, kind: 'there', samePayload };
  const reason = errors.map((one) => one.description.replace(/\.$/, '')).join('; ') || `status ${status}`;
  const error = new SeedbedError('intake-task-refused', { reason });
  return { ...place, kind: 'failed', error, column: columnIn(errors) };
}

/** The input that a finding is about: it says where in the task, `input.files.SCENE[0]`. */
function columnIn(errors: readonly (Finding & { readonly path?: string })[]): string | null {
  for (const { path = '' } of errors) {
    const [, name] = /^(?:input\.)?(?:files|json)(?:\.([^.[\]]+)|\["([^"]+)"\])/.exec(path) ?? [];
    if (name !== undefined) return name;
    if (/^(unique_id|priority)/.test(path)) return path;
  }
  return null;
}
