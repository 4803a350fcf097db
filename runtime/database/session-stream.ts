import type { Socket } from 'node:net';
import type pg from 'pg';

/** The connection of a session with its server. */
export function streamOf(session: pg.ClientBase): Socket {
  return (session as pg.ClientBase & { readonly connection: { readonly stream: Socket } }).connection.stream;
}

/**
 * @returns to be called before a statement: those that are asked for in one breath go out as one write, which is a third
 * of what a process has to do for a short one
 */
export function inOneWrite(session: pg.ClientBase): () => void {
  const stream = streamOf(session);
  let isHeld = false;
  return () => {
    if (isHeld) return;
    isHeld = true;
    stream.cork();
    process.nextTick(() => {
      isHeld = false;
      stream.uncork();
    });
  };
}
