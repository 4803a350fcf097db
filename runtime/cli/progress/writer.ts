import type { Writable } from 'node:stream';

/** Writes to a stream and resolves when it may take more. A reader that has gone away is no error of ours. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (text === '' || stream.destroyed || stream.errored) return;
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) stream.once(event, done);
  });
}

/**
 * `command | head` closes our output early: the job goes on, its output is in its logs. It goes on where the output cannot
 * be written for another reason too, such as a full disk, but the command has failed then.
 * @param fail told of that once
 */
export function tolerateClosedPipes(fail: (error: NodeJS.ErrnoException) => void): void {
  let hasFailed = false;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || hasFailed) return;
      hasFailed = true;
      fail(error);
    });
}
