import { FileDetailsDocument } from './file.ts';
import { nullable, Type } from './schema.ts';

/** The file that the service has of a content. */
export const KnownFileDocument = Type.Object(
  { file: nullable(FileDetailsDocument) },
  { $id: 'KnownFile', description: 'A file as `files/{id}/` has it; null where there is none.' },
);
