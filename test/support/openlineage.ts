import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const facet = {
  type: 'object',
  required: ['_producer', '_schemaURL'],
  properties: { _producer: { type: 'string', format: 'uri' }, _schemaURL: { type: 'string', format: 'uri' } },
};
const facets = { type: 'object', additionalProperties: facet };
/** Facets of the standard that need members of their own. */
const facetsWith = (known: Readonly<Record<string, object>>) => ({ ...facets, properties: known });
const withMembers = (properties: object, required: string[]) => ({
  allOf: [facet, { type: 'object', properties, required }],
});
const text = { type: 'string' };
const job = { namespace: text, name: text };
const named = { type: 'object', required: ['namespace', 'name'] };
const runId = { type: 'string', format: 'uuid' };
const dataset = {
  ...named,
  properties: {
    ...job,
    facets: facetsWith({
      version: withMembers({ datasetVersion: text }, ['datasetVersion']),
      dataSource: withMembers({ name: text, uri: { type: 'string', format: 'uri' } }, []),
    }),
  },
};

/** What OpenLineage 2-0-2 says of a RunEvent, and its facets of those that we write, in words of our own. */
const runEvent = {
  type: 'object',
  required: ['eventTime', 'producer', 'schemaURL', 'run', 'job'],
  properties: {
    eventType: { enum: ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'] },
    eventTime: { type: 'string', format: 'date-time' },
    producer: { type: 'string', format: 'uri' },
    schemaURL: { type: 'string', format: 'uri' },
    run: {
      type: 'object',
      required: ['runId'],
      properties: {
        runId,
        facets: facetsWith({
          parent: withMembers(
            {
              run: { type: 'object', required: ['runId'], properties: { runId } },
              job: { ...named, properties: job },
            },
            ['run', 'job'],
          ),
        }),
      },
    },
    job: {
      ...named,
      properties: {
        ...job,
        facets: facetsWith({
          jobType: withMembers({ processingType: text, integration: text, jobType: text }, [
            'processingType',
            'integration',
          ]),
        }),
      },
    },
    inputs: {
      type: 'array',
      items: { allOf: [dataset, { type: 'object', properties: { inputFacets: facets } }] },
    },
    outputs: {
      type: 'array',
      items: {
        allOf: [
          dataset,
          {
            type: 'object',
            properties: {
              outputFacets: facetsWith({
                outputStatistics: withMembers(
                  {
                    rowCount: { type: 'integer' },
                    size: { type: 'integer' },
                    fileCount: { type: 'integer' },
                  },
                  [],
                ),
              }),
            },
          },
        ],
      },
    },
  },
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as (to: Ajv2020) => void)(ajv);
const validate: ValidateFunction = ajv.compile(runEvent);

/** What is wrong with a RunEvent of OpenLineage; nothing where it is as the specification says. */
export function judgeRunEvent(event: unknown): string[] {
  if (validate(event)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
