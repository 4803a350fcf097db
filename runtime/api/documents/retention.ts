import { boolean, count, id, nullable, oneOf, string, time, Type } from './schema.ts';

const workspace = Type.Object({ id, name: string });
const bytes = (description: string) => Type.Integer({ minimum: 0, description });

/** What a workspace keeps for how long. */
export const RetentionRuleDocument = Type.Object(
  {
    id,
    workspace,
    data_type: nullable(string),
    keep_days: nullable(Type.Integer({ minimum: 0 })),
    keep_superseded: boolean,
    description: nullable(string),
    is_active: boolean,
    created_by: nullable(string),
    created: time,
    last_modified: time,
  },
  { $id: 'RetentionRule' },
);

const part = {
  files: count,
  bytes: bytes('Of their contents.'),
  examples: Type.Array(
    Type.Object({
      id,
      workspace: string,
      file_path: string,
      file_size: bytes('Bytes.'),
      reason: Type.String({ description: 'Why it goes, or stays.' }),
    }),
    { description: 'At most 20.' },
  ),
};

/** What a pass would do now. */
export const RetentionDryRunDocument = Type.Object(
  {
    goes: Type.Object(part),
    kept: Type.Object(
      {
        ...part,
        reasons: Type.Object({ hold: count, job: count, recipe: count, batch: count, schedule: count }),
      },
      { description: 'What the rules let go, and something needs.' },
    ),
  },
  { $id: 'RetentionDryRun' },
);

/** A pass over the catalogue. */
export const RetentionPassDocument = Type.Object(
  {
    requested: nullable(time),
    requested_by: nullable(string),
    started: nullable(time),
    ended: nullable(time),
    files: Type.Integer({ minimum: 0, description: 'That were marked as deleted.' }),
    bytes: bytes('Of those.'),
    kept: Type.Integer({ minimum: 0, description: 'That the rules let go, and something needs.' }),
  },
  { $id: 'RetentionPass' },
);

/** Content of a deleted file that is still there. */
export const RemovalDocument = Type.Object(
  {
    id,
    file: Type.Object({ id }),
    workspace,
    file_path: string,
    file_size: bytes('Bytes.'),
    reason: string,
    actor: string,
    tries: count,
    not_before: time,
    problem: nullable(Type.String({ description: 'Why it is still there; null: its turn has not come.' })),
    created: time,
  },
  { $id: 'Removal' },
);

/** What a purge removes. */
export const PurgeReportDocument = Type.Object(
  {
    files: count,
    contents: Type.Integer({ minimum: 0, description: 'Files whose content goes, too.' }),
    bytes: bytes('Of those.'),
    jobs: count,
    executions: count,
    recipes: count,
    jobs_canceled: Type.Integer({ minimum: 0, description: 'Of the jobs: those that waited or ran.' }),
    kept: Type.Object({
      sources: Type.Integer({ minimum: 0, description: 'Other sources of products that go.' }),
      jobs: Type.Integer({ minimum: 0, description: 'Jobs of the recipes that took nothing of the source.' }),
      contents: Type.Integer({ minimum: 0, description: 'Files of which only the row goes.' }),
    }),
    examples: Type.Array(
      Type.Object({
        id,
        file_type: oneOf(['SOURCE', 'PRODUCT']),
        workspace: string,
        file_path: string,
        file_size: bytes('Bytes.'),
      }),
      { description: 'At most 20.' },
    ),
  },
  { $id: 'PurgeReport' },
);

export const PurgeDocument = Type.Object(
  {
    id,
    file: Type.Object({ id, file_name: string, file_path: string }),
    phase: oneOf(['COLLECT', 'STOP', 'DETACH', 'FILES', 'RECORDS', 'DONE', 'FAILED']),
    problem: nullable(Type.String({ description: 'What it waits for, or why it failed.' })),
    report: nullable(PurgeReportDocument),
    created_by: string,
    created: time,
    ended: nullable(time),
  },
  { $id: 'Purge' },
);

export const HoldDocument = Type.Object(
  { file_id: id, reason: string, created_by: string, created: time },
  { $id: 'FileHold' },
);
