import { ErrorDetailsDocument } from './error-details.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { id, nullable, oneOf, string, Type } from './schema.ts';

const day = Type.String({ format: 'date', description: 'In UTC.' });
const column = Type.Object({
  name: string,
  title: string,
  description: string,
  units: oneOf(['count', 'seconds', 'bytes']),
  group: string,
  aggregate: oneOf(['sum', 'min', 'max', 'avg']),
});

const listed = {
  name: string,
  title: string,
  description: string,
  filters: Type.Array(Type.Object({ param: string, type: string })),
  groups: Type.Array(Type.Object({ name: string, title: string, description: string })),
  columns: Type.Array(column),
};

/** A strike by which the metrics of ingests can be narrowed. */
const StrikeChoice = Type.Object({ id, name: string, title: nullable(string) });

/** What is measured of one kind of thing. */
export const MetricsTypeDocument = Type.Object(listed, { $id: 'MetricsType' });

/** The same, with the things that it can be narrowed to. */
export const MetricsTypeDetailsDocument = Type.Object(
  { ...listed, choices: Type.Array(Type.Union([ErrorDetailsDocument, JobTypeBaseDocument, StrikeChoice])) },
  { $id: 'MetricsTypeDetails' },
);

/** One statistic over time. */
export const PlotDocument = Type.Object(
  {
    column,
    min_x: day,
    max_x: day,
    min_y: Type.Number(),
    max_y: Type.Number(),
    values: Type.Array(
      Type.Object({
        id: Type.Optional({ ...id, description: 'The choice, where several were asked for.' }),
        datetime: Type.String({ format: 'date-time', description: 'The beginning of the day.' }),
        date: day,
        value: Type.Number(),
      }),
      { description: 'One for each day on which there is something to tell, the oldest first.' },
    ),
  },
  { $id: 'Plot' },
);
