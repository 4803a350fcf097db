import { rm } from 'node:fs/promises';
import { isAttemptDirectory, type Orphan } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import type { DrivenNode } from './nodes/driven-node.ts';

/**
 * Removes containers and directories of executions that were given up, where we drive their nodes. What cannot be removed
 * now is found by the sweep.
 */
export async function clearAbandoned(
  orphans: readonly Orphan[],
  how: { readonly installation: string; readonly nodes: readonly DrivenNode[]; readonly logger: Logger },
): Promise<void> {
  for (const { id, node: name, attemptDirectory } of orphans) {
    const node = how.nodes.find((one) => one.name === name);
    how.logger.info({ execution: id, node: name }, 'execution of a dead batch given up');
    if (!node) continue;
    try {
      await node.engine.remove({ installation: how.installation, execution: id, attempt: 1 });
      if (attemptDirectory !== null && isAttemptDirectory(attemptDirectory))
        await rm(attemptDirectory, { recursive: true, force: true });
    } catch (err) {
      how.logger.warn({ err, execution: id }, 'not everything of an execution could be removed');
    }
  }
}
