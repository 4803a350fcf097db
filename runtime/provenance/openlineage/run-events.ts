import { v5 as uuidv5 } from 'uuid';
import type { History, HistoryExecution, HistoryFile } from '../history/history.ts';

/** A facet of OpenLineage: what belongs to a run, a job or a dataset besides its name. */
export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [member: string]: unknown;
}

type Facets = Readonly<Record<string, Facet>>;

export interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
}

/** A RunEvent of OpenLineage 2-0-2 (https://openlineage.io/spec/2-0-2/OpenLineage.json). */
export interface RunEvent {
  readonly eventType: 'START' | 'COMPLETE';
  /** ISO 8601, UTC. */
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Facets };
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly (Dataset & { readonly outputFacets: Facets })[];
}

const producer = 'urn:seedbed';
const spec = 'https://openlineage.io/spec';
const schemaURL = `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`;

/** What made files in one run. */
interface Run {
  readonly id: string;
  readonly execution: HistoryExecution | undefined;
  readonly started: string;
  readonly ended: string;
  readonly inputs: readonly HistoryFile[];
  readonly outputs: readonly HistoryFile[];
}

/**
 * A history as run events of OpenLineage: for each execution one when it began and one when it was completed, in the
 * order of their times. The same history gives the same events. Pure.
 */
export function runEvents(history: History): RunEvent[] {
  const { installation } = history;
  const events = runsOf(history).flatMap((run): RunEvent[] => {
    const inputs = run.inputs.map((file) => dataset(installation, file));
    const outputs = run.outputs.map((file) => ({
      ...dataset(installation, file),
      outputFacets: {
        outputStatistics: facet('facets/1-0-2/OutputStatisticsOutputDatasetFacet', {
          size: file.size,
          fileCount: 1,
        }),
      },
    }));
    const common = {
      producer,
      schemaURL,
      run: runOf(installation, run),
      job: jobOf(installation, run),
      inputs,
    };
    return [
      { eventType: 'START', eventTime: run.started, ...common, outputs: [] },
      { eventType: 'COMPLETE', eventTime: run.ended, ...common, outputs },
    ];
  });
  // Stable: of the same moment, a run begins before it is completed.
  return events.sort((a, b) => (a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : 0));
}

/** Executions with their files; of files from a Scale, one run for each. */
function runsOf({ installation, files, executions, links }: History): Run[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  const ancestors = new Map<number, number[]>();
  for (const { ancestorId, descendantId } of links)
    ancestors.set(descendantId, [...(ancestors.get(descendantId) ?? []), ancestorId]);
  const madeOf = (made: readonly HistoryFile[]) => {
    const ids = new Set(made.flatMap(({ id }) => ancestors.get(id) ?? []));
    return [...ids].sort((a, b) => a - b).map((id) => byId.get(id)!);
  };
  const known = executions.map((execution): Run => {
    const outputs = files.filter(({ executionId }) => executionId === execution.id);
    const { started } = execution;
    const id = uuidv5(`execution/${execution.id}`, installation);
    return { id, execution, started, ended: execution.ended ?? started, inputs: madeOf(outputs), outputs };
  });
  const imported = files
    .filter(({ id, executionId }) => executionId === null && ancestors.has(id))
    .map((file): Run => {
      const id = uuidv5(`imported/${file.id}`, installation);
      const inputs = madeOf([file]);
      return {
        id,
        execution: undefined,
        started: file.created,
        ended: file.created,
        inputs,
        outputs: [file],
      };
    });
  return [...known, ...imported];
}

function runOf(installation: string, { id, execution }: Run): RunEvent['run'] {
  if (!execution) return { runId: id, facets: { seedbed_imported: ours('imported', { from: 'Scale' }) } };
  const { recipe } = execution;
  const facets = {
    seedbed_execution: ours('execution', {
      id: execution.id,
      job: execution.jobId,
      number: execution.number,
      node: execution.node,
      runtime: execution.runtime,
      image: execution.image,
      imageId: execution.imageId,
      submitter: execution.submitter,
      json: execution.json,
      settings: execution.settings,
      outputId: execution.outputId,
      reusedBy: execution.reusedBy,
    }),
    ...(recipe && {
      parent: facet('facets/1-0-1/ParentRunFacet', {
        run: { runId: uuidv5(`recipe/${recipe.id}`, installation) },
        job: { namespace: namespaceOf(installation), name: `recipe/${recipe.type}` },
      }),
    }),
  };
  return { runId: id, facets };
}

function jobOf(installation: string, { execution }: Run): RunEvent['job'] {
  const jobType = facet('facets/2-0-3/JobTypeJobFacet', {
    processingType: 'BATCH',
    integration: 'SEEDBED',
    jobType: 'JOB',
  });
  const name = execution ? `job/${execution.jobType.name}/${execution.jobType.version}` : 'imported';
  return { namespace: namespaceOf(installation), name, facets: { jobType } };
}

/** A file by its place; which content of it is said by its version. */
function dataset(installation: string, file: HistoryFile): Dataset {
  const namespace = `${namespaceOf(installation)}/${encodeURIComponent(file.workspace)}`;
  return {
    namespace,
    name: file.path,
    facets: {
      dataSource: facet('facets/1-0-1/DatasourceDatasetFacet', {
        name: file.workspace,
        uri: file.url ?? namespace,
      }),
      version: facet('facets/1-0-1/DatasetVersionDatasetFacet', { datasetVersion: file.versionId }),
      seedbed_file: ours('file', {
        id: file.id,
        sha256: file.sha256,
        size: file.size,
        mediaType: file.mediaType,
        fileType: file.fileType,
        output: file.output,
        deleted: file.deleted,
        superseded: file.superseded,
      }),
    },
  };
}

function namespaceOf(installation: string): string {
  return `seedbed://${installation}`;
}

/** One of the standard. @param place e.g. `facets/1-0-1/ParentRunFacet` */
function facet(place: string, members: object): Facet {
  const name = place.split('/').at(-1)!;
  return { _producer: producer, _schemaURL: `${spec}/${place}.json#/$defs/${name}`, ...members };
}

/** One of our own; docs/provenance.md says what is in it. */
function ours(name: string, members: object): Facet {
  return { _producer: producer, _schemaURL: `urn:seedbed:openlineage:${name}:1`, ...members };
}
