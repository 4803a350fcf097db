import { errorCategories, ErrorDocument } from './error.ts';
import { time, Type } from './schema.ts';

export { errorCategories };

/** An error that there is, whether or not it has ever come. */
export const ErrorDetailsDocument = Type.Object(
  { ...ErrorDocument.properties, created: time, last_modified: time },
  { $id: 'ErrorDetails' },
);
