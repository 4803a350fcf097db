import { explanations } from '../../provenance/index.ts';
import { id, nullable, oneOf, string, Type } from './schema.ts';

const outputId = Type.String({ pattern: '^[0-9a-f]{64}$' });

const change = Type.Object({
  member: Type.String({ description: 'e.g. `settings.MODE`, or `inputs.SCENE.sha256`.' }),
  kind: oneOf(['changed', 'added', 'removed']),
  old: nullable(Type.String({ description: 'null: there was none, or it is secret.' })),
  new: nullable(string),
});

/** Why a job ran, and was not reused. */
export const ExplanationDocument = Type.Object(
  {
    job_id: id,
    status: string,
    state: oneOf(explanations),
    reason: Type.String({ description: 'In words.' }),
    output_id: nullable(outputId),
    reuse: Type.Boolean({ description: 'Whether it may take what an earlier job made.' }),
    against: nullable(
      Type.Object(
        { job_id: id, job_exe_id: id, output_id: outputId },
        { description: 'What it is compared with.' },
      ),
    ),
    changes: Type.Array(change, { description: 'From `against` to this job.' }),
  },
  { $id: 'Explanation' },
);
