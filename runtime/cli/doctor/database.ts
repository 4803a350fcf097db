import type { DatabaseLook } from '../../database/index.ts';
import { failure, ok, type Verdict, warning } from './check.ts';

/** What stands in the way of a database that answers. */
export function judgeDatabase(look: DatabaseLook, embedded: boolean): Verdict {
  const kind = embedded ? 'embedded, in' : 'DATABASE_URL,';
  const found = `Postgres ${look.version} (${kind} ${look.where}), ${look.encoding}`;
  if (look.readOnly)
    return failure(`${found}, and nothing may be written`, 'Name the primary server in DATABASE_URL.');
  if (!look.mayCreate)
    return failure(
      `${found}, and this role may not create tables`,
      'Grant it: GRANT CREATE ON SCHEMA public TO <role>; or let the role own the database.',
    );
  if (look.encoding !== 'UTF8')
    return warning(
      `${found}, which cannot hold every name`,
      "Make the database anew: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0.",
    );
  return ok(found);
}

/** Whether the database's shape is ours. */
export function judgeMigrations({ applied, pending, unknown }: DatabaseLook['migrations']): Verdict {
  if (unknown.length > 0)
    return failure(
      `the database was migrated by a newer Seedbed (${unknown.join(', ')})`,
      'Upgrade this Seedbed.',
    );
  if (pending.length === 0) return ok(`all ${applied.length} applied`);
  return ok(`${applied.length} applied, ${pending.length} pending: the next run applies them`);
}
