import { mapOf, oneOf, string, Type } from './schema.ts';

const attributes = mapOf(Type.Unsafe({}));
const statements = Type.Optional(mapOf(attributes));

/** W3C PROV-JSON: statements of each kind, by their names. */
const ProvDocument = Type.Object(
  {
    prefix: mapOf(string),
    entity: statements,
    activity: statements,
    agent: statements,
    used: statements,
    wasGeneratedBy: statements,
    wasDerivedFrom: statements,
    wasInvalidatedBy: statements,
    wasAssociatedWith: statements,
    wasAttributedTo: statements,
    actedOnBehalfOf: statements,
    wasInformedBy: statements,
    hadMember: statements,
  },
  { $id: 'ProvDocument' },
);

const facets = mapOf(
  Type.Object(
    { _producer: Type.String({ format: 'uri' }), _schemaURL: Type.String({ format: 'uri' }) },
    { additionalProperties: true },
  ),
);
const dataset = { namespace: string, name: string, facets };

/** RunEvent of OpenLineage 2-0-2. */
const RunEventDocument = Type.Object(
  {
    eventType: oneOf(['START', 'COMPLETE']),
    eventTime: Type.String({ format: 'date-time' }),
    producer: Type.String({ format: 'uri' }),
    schemaURL: Type.String({ format: 'uri' }),
    run: Type.Object({ runId: Type.String({ format: 'uuid' }), facets }),
    job: Type.Object({ namespace: string, name: string, facets }),
    inputs: Type.Array(Type.Object(dataset)),
    outputs: Type.Array(Type.Object({ ...dataset, outputFacets: facets })),
  },
  { $id: 'OpenLineageRunEvent' },
);

/** Where a file comes from, in the words of others. */
export const ProvenanceDocument = Type.Union([ProvDocument, Type.Array(RunEventDocument)]);
