import { boolean, id, nullable, string, time, Type } from './schema.ts';

const base = {
  id,
  name: string,
  title: nullable(string),
  description: nullable(string),
  base_url: nullable(string),
  is_active: boolean,
  created: time,
  deprecated: nullable(time),
  last_modified: time,
};

/** A place where files are kept. */
export const WorkspaceDocument = Type.Object(base, { $id: 'Workspace' });

export const WorkspaceDetailsDocument = Type.Object(
  {
    ...base,
    configuration: Type.Object({
      version: Type.Optional(string),
      broker: Type.Object(
        {
          type: Type.String({
            description: '`host`: a directory of this machine; `nfs`: one that is mounted; `s3`: a bucket.',
          }),
          host_path: Type.Optional(string),
        },
        { additionalProperties: true },
      ),
    }),
  },
  { $id: 'WorkspaceDetails' },
);
