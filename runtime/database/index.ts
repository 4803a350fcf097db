export { connect, type ConnectOptions, type Database } from './database.ts';
export { codeOf } from './database-error.ts';
export type { Presence } from './presence.ts';
export type { Queries } from './queries.ts';
export type { Transaction } from './transaction.ts';
