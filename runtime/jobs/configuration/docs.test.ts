import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  jobInputValidator,
  jobTypeConfigurationSchema,
  jobTypeConfigurationValidator,
} from '../../../seed-schema/index.ts';

const page = await readFile(path.join(import.meta.dirname, '../../../docs/job-types.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(
  ([, text]) => JSON.parse(text!) as Record<string, unknown>,
);
describe('docs/job-types.md', () => {
  it.each(examples)('has a valid example %j', (example) => {
    const validator = 'files' in example ? jobInputValidator : jobTypeConfigurationValidator;
    expect(validator.problems(example)).toEqual([]);
  });

  it('has an example for every member of a configuration', () => {
    const shown = new Set(examples.flatMap((example) => Object.keys(example)));
    const members = Object.keys(jobTypeConfigurationSchema.properties);
    expect(members.filter((member) => !shown.has(member))).toEqual([]);
  });
});
