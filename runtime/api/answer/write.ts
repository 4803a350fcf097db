import type { ServerResponse } from 'node:http';

/** Writes a part of an answer, and waits until there is room for more. @returns false when nobody reads it any more */
export async function writePart(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(text)) return true;
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
  return !response.destroyed;
}
