import type { Finding } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';

type Refused =
  | 'invalid-task'
  | 'invalid-job'
  | 'invalid-recipe'
  | 'invalid-recipe-type'
  | 'invalid-workspace'
  | 'invalid-strike'
  | 'invalid-scan'
  | 'invalid-dataset'
  | 'invalid-dataset-member'
  | 'invalid-schedule'
  | 'invalid-batch';

/** A submission that is refused, with everything that was found. */
export class Refusal extends SeedbedError<Refused> {
  readonly findings: readonly Pick<Finding, 'name' | 'description'>[];

  constructor(findings: readonly Pick<Finding, 'name' | 'description'>[], error: Refused = 'invalid-job') {
    super(error, { problems: findings.map((one) => `${one.name}: ${one.description}`).join('; ') });
    this.findings = findings.map(({ name, description }) => ({ name, description }));
  }
}
