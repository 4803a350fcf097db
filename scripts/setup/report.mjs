import { performance } from 'node:perf_hooks';

/** Something that the set-up cannot do by itself; the message says what the user can. */
export class SetupError extends Error {
  /** Exit code 3 as in the commands: the machine could not be used. */
  exit = 3;
}

/** Seconds since the script began, as text. */
export function elapsed() {
  return (performance.now() / 1000).toFixed(1);
}

/** One line: elapsed seconds, topic, what happened. */
export function say(topic, text) {
  console.log(`${elapsed().padStart(6)} s  ${topic.padEnd(12)}  ${text}`);
}

/** Runs a script's main function; a failure is one message and an exit code, no stack unless it is unforeseen. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? `\nseedbed: ${error.message}` : error);
    process.exitCode = error.exit ?? 1;
  }
}
