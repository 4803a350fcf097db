export { connect, type ConnectOptions, type Database } from './database.ts';
export { Conditions, type Window } from './conditions.ts';
export { codeOf, hasCode } from './error-code.ts';
export { connectLasting, type LastingDatabase } from './lasting.ts';
export { lookAtDatabase, type DatabaseLook } from './look.ts';
export type { Presence } from './presence.ts';
export type { Queries } from './queries.ts';
export type { Signals, Topic } from './signals.ts';
export type { Transaction } from './transaction.ts';
