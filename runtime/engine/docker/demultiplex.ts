import type { LogChunk } from '../engine.ts';

const headerBytes = 8;
const streams = ['stdout', 'stdout', 'stderr'] as const;
/** A frame of the engine's own about a failure while it reads a log. */
const engineMessage = 3;

/** What an engine put into a log stream in place of output. */
export class LogStreamError extends Error {
  override readonly name = 'LogStreamError';
}

/**
 * Splits the engine's multiplexed stream (8-byte header: stream, 0, 0, 0, length) into its two streams. Pulls one
 * chunk at a time, so a slow reader slows the engine down; frames may be split at any byte, and parts of a frame are
 * given on at once. A stream without headers is standard output (Podman answers so when it reports a failure).
 * @throws LogStreamError with the engine's words
 */
export async function* demultiplex(source: AsyncIterable<Buffer>): AsyncGenerator<LogChunk, void, undefined> {
  let header = Buffer.alloc(0);
  let type = 0;
  let left = 0;
  let raw = false;
  let message = '';
  for await (let chunk of source) {
    while (chunk.length > 0) {
      if (raw) {
        yield { stream: 'stdout', data: chunk };
        break;
      }
      if (left > 0) {
        const data = chunk.subarray(0, left);
        chunk = chunk.subarray(data.length);
        left -= data.length;
        if (type === engineMessage) message += data.toString();
        else yield { stream: streams[type]!, data };
        continue;
      }
      const more = chunk.subarray(0, headerBytes - header.length);
      header = Buffer.concat([header, more]);
      chunk = chunk.subarray(more.length);
      if (!couldBeHeader(header)) {
        raw = true;
        yield { stream: 'stdout', data: header };
      } else if (header.length === headerBytes) {
        if (message !== '') throw new LogStreamError(message);
        type = header[0]!;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
      }
    }
  }
  if (message !== '') throw new LogStreamError(message);
}

function couldBeHeader(bytes: Buffer): boolean {
  return bytes[0]! <= engineMessage && bytes.subarray(1, 4).every((byte) => byte === 0);
}
