import type { LogChunk } from '../engine/index.ts';

/**
 * Where the output of one execution goes. It is given masked bytes in the order in which they came, one call at a time,
 * and may keep `data` for as long as it likes: nobody changes it afterwards.
 */
export interface LogSink {
  /** Waited for before the next chunk is taken: a slow sink slows the job down. @throws disk-full */
  write(chunk: LogChunk): Promise<void>;
  /** Called once, after the last write or a failed one. @throws disk-full, also of a write that was not waited for */
  end(): Promise<void>;
  /** In place of `end` when the job goes on under another runtime, whose sink takes the output up again. */
  leave(): Promise<void>;
}
