import { anyObject, boolean, count, id, nullable, string, time, Type } from './schema.ts';

const origin = nullable(Type.Object({ id }));
const known = {
  id,
  file_name: string,
  workspace: Type.Object({ id, name: string }),
  data_type_tags: Type.Array(string),
  media_type: string,
  file_type: string,
  file_size: Type.Integer({ minimum: 0, description: 'Bytes.' }),
  file_path: Type.String({ description: 'In its workspace.' }),
  is_deleted: boolean,
  url: nullable(string),
  created: time,
  deleted: nullable(time),
  data_started: nullable(time),
  data_ended: nullable(time),
  source_started: nullable(time),
  source_ended: nullable(time),
  source_sensor_class: nullable(string),
  source_sensor: nullable(string),
  source_collection: nullable(string),
  source_task: nullable(string),
  last_modified: time,
  geometry: nullable(Type.String({ description: 'Well-known text.' })),
  center_point: nullable(Type.String({ description: 'Well-known text.' })),
  countries: Type.Array(Type.Unknown()),
  job_type: nullable(Type.Object({ id, name: string, version: string })),
  job: origin,
  job_exe: origin,
  job_output: nullable(string),
  recipe_type: nullable(Type.Object({ id, name: nullable(string), title: nullable(string) })),
  recipe: origin,
  recipe_node: nullable(string),
  batch: origin,
  is_superseded: boolean,
  superseded: nullable(time),
};

/** A file of the catalogue. */
export const FileDocument = Type.Object(known, { $id: 'File' });

/** A file of the catalogue, with its metadata. */
export const FileDetailsDocument = Type.Object({ ...known, meta_data: anyObject }, { $id: 'FileDetails' });

/** A file that a job of a batch or recipe gave. */
export const OutputFileDocument = Type.Object(
  {
    ...known,
    sha256: nullable(Type.String({ description: 'Of the content, hexadecimal.' })),
    of: Type.Object(
      {
        job: Type.Object({ id }),
        recipe: nullable(Type.Object({ id }, { description: 'The one at the top.' })),
        path: Type.Array(
          Type.Object({
            name: string,
            item: nullable(Type.Integer({ minimum: 0, description: 'Which run of a node with forEach.' })),
          }),
          { description: 'Nodes from that recipe down to the job.' },
        ),
        output: string,
        position: Type.Integer({ minimum: 0, description: 'Among the files of that output.' }),
      },
      {
        description: 'Which job gave it here; the one that made it may be another, whose result was reused.',
      },
    ),
  },
  { $id: 'OutputFile' },
);

/** A file that comes in parts. */
export const UploadDocument = Type.Object(
  {
    id: string,
    name: string,
    offset: Type.Integer({ minimum: 0, description: 'Bytes that have arrived.' }),
    length: nullable(count),
    file_id: nullable(id),
  },
  { $id: 'Upload' },
);
