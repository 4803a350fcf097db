import { isObject } from '../../../seed-schema/index.ts';
import { type Members, rewritten, withItems } from './members.ts';
import { digitsOf } from './number-text.ts';
import type { Note } from './upgrade.ts';

/** Errors had a title and no name; categories were called otherwise, and there was a third. */
export function upgradeErrors(job: Members, note: Note): Members {
  const list = Array.isArray(job.errors) ? (job.errors as unknown[]) : [];
  const taken = new Set(list.map((error) => (isObject(error) ? error.name : undefined)));
  return withItems(job, 'errors', (error, index) => {
    const category = upgradeCategory(error, `errors[${index}]`, note);
    if (Object.hasOwn(error, 'name')) return category;
    const name = freeName(error, taken);
    taken.add(name);
    return 'code' in error
      ? rewritten(category, (member, value) =>
          member === 'code'
            ? [
                [member, value],
                ['name', name],
              ]
            : [[member, value]],
        )
      : { name, ...category };
  });
}

function freeName(error: Members, taken: ReadonlySet<unknown>): string {
  const code = digitsOf(error.code) ?? 'x';
  const title = typeof error.title === 'string' ? error.title : '';
  const slug =
    title
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-') ?? `error-${code}`;
  const candidates = [slug, `${slug}-${code}`];
  for (let number = 2; ; number++) {
    const free = candidates.find((candidate) => !taken.has(candidate));
    if (free !== undefined) return free;
    candidates.push(`${slug}-${code}-${number}`);
  }
}

function upgradeCategory(error: Members, where: string, note: Note): Members {
  if (error.category !== 'algorithm' && error.category !== 'system') return error;
  if (error.category === 'system')
    note(`${where}.category system has become job: 1.0.0 knows job and data only`);
  return { ...error, category: 'job' };
}
