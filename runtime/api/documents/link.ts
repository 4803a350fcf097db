import { string, time, Type } from './schema.ts';

/** A URL by which whoever has it may read one file. */
export const LinkDocument = Type.Object({ url: string, expires: time }, { $id: 'Link' });
