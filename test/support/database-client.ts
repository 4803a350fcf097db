/*
 * A process that uses a database, for tests of what happens between processes. Environment: SEED_HOME, DATABASE_URL.
 * It prints one JSON document a line: first who it is, or the error; then `{lost}` if its presence is lost. It leaves
 * when its standard input ends.
 */
import { createRequire } from 'node:module';
import { readConfig } from '../../runtime/config/index.ts';
import { connect } from '../../runtime/database/index.ts';
import { SeedbedError, toSeedbedError } from '../../runtime/errors/index.ts';

function say(document: object): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}

// Ctrl-C must not end it before the test says so.
process.on('SIGINT', () => say({ interrupted: true }));

try {
  const database = await connect(readConfig());
  const { installation, presence } = database;
  const knex = Object.keys(createRequire(import.meta.url).cache).some((file) =>
    file.includes('/node_modules/knex/'),
  );
  say({ installation, runtime: presence.runtime, knex });
  void presence.lost.then((error) => say({ lost: error.message }));
  await new Promise((resolve) => process.stdin.once('end', resolve).resume());
  await database.close();
} catch (error) {
  const { error: name, message } = error instanceof SeedbedError ? error : toSeedbedError(error);
  say({ error: name, message });
  process.exitCode = 3;
}
