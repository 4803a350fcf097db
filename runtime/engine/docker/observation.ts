import type { ContainerInspectInfo } from 'dockerode';
import type { ExecutionKey, Observation } from '../engine.ts';
import { label } from './names.ts';

/** What one inspection says. Pure. */
export function observationFrom(
  key: ExecutionKey,
  { State, Config }: Pick<ContainerInspectInfo, 'State' | 'Config'>,
  interrupted: boolean,
): Observation {
  const about = { key, runtime: Config.Labels[label.runtime] ?? '', kept: label.keep in Config.Labels };
  if (State.Running || State.Paused) return { ...about, state: 'running' };
  if (State.Status === 'created' || State.Status === 'configured') return { ...about, state: 'created' };
  return {
    ...about,
    state: 'exited',
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    startedAt: State.StartedAt,
    finishedAt: State.FinishedAt,
    interrupted,
  };
}
