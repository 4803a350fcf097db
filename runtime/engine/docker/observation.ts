import type { ContainerInspectInfo } from 'dockerode';
import type { ExecutionKey, Observation } from '../engine.ts';
import { label } from './names.ts';

/** What one inspection says. Pure. */
export function observationFrom(
  key: ExecutionKey,
  { State, Config }: Pick<ContainerInspectInfo, 'State' | 'Config'>,
  interrupted: boolean,
): Observation {
  const runtime = Config.Labels[label.runtime] ?? '';
  if (State.Running || State.Paused) return { key, state: 'running', runtime };
  if (State.Status === 'created' || State.Status === 'configured') return { key, state: 'created', runtime };
  return {
    key,
    state: 'exited',
    runtime,
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    startedAt: State.StartedAt,
    finishedAt: State.FinishedAt,
    interrupted,
  };
}
