import type { Finding } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/** A submission that is refused, with everything that was found. */
export class Refusal extends SeedbedError<'invalid-job'> {
  readonly findings: readonly Pick<Finding, 'name' | 'description'>[];

  constructor(findings: readonly Pick<Finding, 'name' | 'description'>[]) {
    super('invalid-job', { problems: findings.map((one) => `${one.name}: ${one.description}`).join('; ') });
    this.findings = findings.map(({ name, description }) => ({ name, description }));
  }
}
