import type { Warning } from '../../execution/index.ts';
import type { ExecutionFacts } from '../../jobs/index.ts';
import type { DrivenJob } from './request.ts';

/** Whether what an earlier execution made may be taken, and what is to be said where that was asked for in vain. */
export interface ReuseDecision {
  readonly reuses: boolean;
  readonly warning?: Warning;
}

/**
 * A job that reaches a network, or writes to a mount, does more than its outputs tell. Such a one reuses only where that was
 * said for it by itself: by its job type, or by its own submission; not by that of a recipe. Pure.
 */
export function mayReuse(
  { reuse, recipeId }: Pick<ExecutionFacts, 'reuse' | 'recipeId'>,
  { network = 'none', mounts, volumes = [] }: Pick<DrivenJob['request'], 'network' | 'mounts' | 'volumes'>,
): ReuseDecision {
  if (!(reuse.job ?? reuse.type)) return { reuses: false };
  const writable = [...mounts, ...volumes].filter(({ mode }) => mode === 'rw').map(({ name }) => name);
  if ((network === 'none' && writable.length === 0) || reuse.type || recipeId === null)
    return { reuses: true };
  const reach =
    writable.length > 0 ? `it may write to the mount ${writable[0]}` : `it reaches the network ${network}`;
  return {
    reuses: false,
    warning: {
      name: 'reuse-ignored',
      description: `The job was run although its recipe allows to reuse: ${reach}. Its job type may say "reuse": true.`,
    },
  };
}
