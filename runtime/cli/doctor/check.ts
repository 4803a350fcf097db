import type { DoctorCheck } from '../../../seed-schema/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';

export type Check = DoctorCheck;

/** What a check comes to, before it has a name. */
export type Verdict = Omit<Check, 'name'>;

export const ok = (found: string): Verdict => ({ status: 'ok', found, advice: null });
export const warning = (found: string, advice: string): Verdict => ({ status: 'warning', found, advice });
export const failure = (found: string, advice: string): Verdict => ({ status: 'failure', found, advice });

/** An error of the registry says both what was found and what to do. */
export function failed({ message, advice }: SeedbedError): Verdict {
  return failure(message.replace(/\.$/, ''), advice);
}

/** Of something that can only be looked at when something else is well. */
export function notLookedAt(needs: string): Verdict {
  return warning(`not looked at, because that needs the ${needs}`, `Mend the ${needs} first.`);
}

/** How long anybody may take to answer, milliseconds. */
export const patience = 5_000;

export class NoAnswer extends Error {}

/** @throws NoAnswer when `work` takes longer than `ms`; it goes on, unheard */
export async function inTime<Value>(work: Promise<Value>, ms = patience): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Makes one check: in time, also after what it waits for has taken all of its own, and without ever throwing. */
export async function check(name: string, look: () => Promise<Verdict> | Verdict): Promise<Check> {
  return { name, ...(await inTime(Promise.resolve().then(look), 3 * patience).catch(unmade)) };
}

function unmade(thrown: unknown): Verdict {
  if (thrown instanceof NoAnswer)
    return warning(`could not be looked at: ${thrown.message}`, 'Try it again.');
  if (thrown instanceof SeedbedError) return failed(thrown);
  return warning(`could not be looked at: ${reasonOf(thrown)}`, 'Check what it says there.');
}
