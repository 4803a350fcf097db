import type { ExecutionKey } from '../engine.ts';

/** Labels of every container that the engine room makes. The first is Scale's own name. */
export const label = {
  scaleExecution: 'scale-job-execution-id',
  installation: 'seedbed.installation',
  execution: 'seedbed.execution',
  attempt: 'seedbed.attempt',
  /** The process that drives the container. */
  runtime: 'seedbed.runtime',
  /** Present when the container is to stay after its end. */
  keep: 'seedbed.keep',
  /** How files reach it: `bind` or `archive`. */
  staging: 'seedbed.staging',
  /** `holder` or `ownership` on containers that are no execution; `volume` on volumes of mounts. */
  role: 'seedbed.role',
  /** On a volume: the mount that it was made for. */
  mount: 'seedbed.mount',
} as const;

/** The one name that an execution's container can have, so that a second launch collides with the first. */
export function containerName(key: ExecutionKey): string {
  return `seedbed-${key.installation}-${key.execution}-${key.attempt}`;
}

export function executionLabels(key: ExecutionKey, runtime: string): Record<string, string> {
  return {
    [label.scaleExecution]: String(key.execution),
    [label.installation]: key.installation,
    [label.execution]: String(key.execution),
    [label.attempt]: String(key.attempt),
    [label.runtime]: runtime,
  };
}

/** @returns undefined for a container that is no execution of ours */
export function keyFromLabels(labels: Readonly<Record<string, string>>): ExecutionKey | undefined {
  const installation = labels[label.installation];
  const execution = labels[label.execution];
  const attempt = labels[label.attempt];
  if (installation === undefined || !isNumber(execution) || !isNumber(attempt)) return undefined;
  return { installation, execution: Number(execution), attempt: Number(attempt) };
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^\d+$/.test(text);
}
