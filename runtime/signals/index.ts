export { type JoinedSignals, joinSignals } from './join-signals.ts';
