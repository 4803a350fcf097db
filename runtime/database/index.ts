export { family, lockKeys } from './advisory-locks.ts';
export { connect, type ConnectOptions, type Database, type Sessions } from './database.ts';
export { copyRow } from './copy-text.ts';
export { isCurrent } from './current.ts';
export { Conditions, type Window } from './conditions.ts';
export { type Count, estimateRows, type Expected, expectEach, mostCounted, seemFew } from './count.ts';
export { cursorOf, type Place, placeOf } from './cursor.ts';
export { type Listing, listPage, type ListPage, placeIn } from './list-page.ts';
export { type Found, readOn } from './page-rows.ts';
export type { LoadSession, LoadTransaction } from './load-session.ts';
export { type Order, orderBy, type OrderField, type OrderFields } from './order.ts';
export {
  beginOnce,
  endOnce,
  forgetOnce,
  type KeptAnswer,
  type OnceKey,
  sweepOnce,
  takeOverOnce,
} from './idempotency.ts';
export { isPassing } from './database-error.ts';
export { codeOf, hasCode } from './error-code.ts';
export { givenRows, type GivenColumns, type GivenRows } from './given-rows.ts';
export { serviceCacheMiB } from './embedded/cache.ts';
export { connectLasting, type LastingDatabase } from './lasting.ts';
export { idleMs, keepLooking, type Lookout } from './lookout.ts';
export { lookAtDatabase, type DatabaseLook } from './look.ts';
export { lockName } from './name-lock.ts';
export type { Presence } from './presence.ts';
export type { Queries } from './queries.ts';
export type { Signals, Topic } from './signals.ts';
export type { Transaction } from './transaction.ts';
