import {
  type DataInterface,
  type DatasetDefinition,
  type DatasetDefinitionDocument,
  datasetDefinitionValidator,
  type DeclaredInputs,
  fileIdsOf,
  findExactly,
  type InputJudgement,
  isObject,
  judgeData,
  type KnownFile,
  Report,
  type ValidationDocument,
} from '../../../seed-schema/index.ts';
import { interfaceOf, parameterNames } from '../../recipe/index.ts';

/** What makes the definition of a dataset invalid. The names are Scale's. */
export const datasetErrors = {
  INVALID_DATASET_DEFINITION: 'It breaks the shape: a member is missing, misspelt or of the wrong type.',
  INVALID_VERSION: 'Its `version` is neither "6" nor "7".',
  NAME_COLLISION_ERROR: 'Two parameters of one interface have the same name.',
  DUPLICATE_PARAMETER: 'A parameter and a global parameter have the same name.',
  MISSING_GLOBAL_DATA: 'There are required global parameters, and no `global_data`.',
  INVALID_GLOBAL_DATA: 'The `global_data` does not fit the global parameters.',
} as const;

/** What makes members invalid, besides what makes the input of a recipe invalid (`PARAM_REQUIRED`, ...). */
export const datasetMemberErrors = {
  INVALID_TEMPLATE: 'The template breaks its shape, or none of its files is `FILE_VALUE`.',
} as const;

type DatasetReport = Report<keyof typeof datasetErrors, string>;

export interface DatasetJudgement extends ValidationDocument {
  /** Where nothing is wrong. */
  readonly definition?: DatasetDefinition;
}

/** Judges the definition of a dataset. Everything is found at once. @param files those of `globalFileIds` that are catalogued */
export function judgeDataset(document: unknown, files: ReadonlyMap<number, KnownFile>): DatasetJudgement {
  const report: DatasetReport = new Report();
  for (const { path, description } of datasetDefinitionValidator.problems(document))
    report.error('INVALID_DATASET_DEFINITION', path, description);
  if (report.errors.length > 0) return report.document;
  const {
    version = '7',
    parameters,
    global_parameters = {},
    global_data,
  } = document as DatasetDefinitionDocument;
  if (version !== '6' && version !== '7')
    report.error(
      'INVALID_VERSION',
      'version',
      `version is ${JSON.stringify(version)}, and must be "6" or "7"`,
    );
  const own = interfaceOf(parameters);
  const shared = interfaceOf(global_parameters);
  judgeNames(own, shared, report);
  if (report.errors.length > 0) return report.document;
  const isRequired = [...shared.files, ...shared.json].some(({ required }) => required);
  if (global_data === undefined && isRequired) {
    const problem = 'global_parameters has required ones; give their files and values as global_data';
    report.error('MISSING_GLOBAL_DATA', 'global_data', problem);
    return report.document;
  }
  const given = judgeMember(global_data ?? {}, shared, files);
  for (const { name, path, description } of given.errors)
    report.error('INVALID_GLOBAL_DATA', `global_data.${path}`, `${name} in global_data: ${description}`);
  for (const { name, path, description } of given.warnings)
    report.warn(name, `global_data.${path}`, `global_data: ${description}`);
  if (!given.input) return report.document;
  const { files: byName, json } = given.input;
  const definition = { parameters: own, global_parameters: shared, global_data: { files: byName, json } };
  return { ...report.document, definition };
}

/** Files of the global data. */
export function globalFileIds(document: unknown): number[] {
  return isObject(document) ? fileIdsOf(document.global_data) : [];
}

/** Judges the data of one member, or the global data. @param files those of `fileIdsOf` that the catalogue has */
export function judgeMember(
  document: unknown,
  parameters: DataInterface,
  files: ReadonlyMap<number, KnownFile>,
): InputJudgement {
  const inputs: DeclaredInputs = {
    files: parameters.files.map(({ media_types, ...file }) => ({ ...file, mediaTypes: media_types })),
    json: parameters.json,
  };
  return judgeData(document, inputs, files, { find: findExactly, declarer: 'the dataset' });
}

function judgeNames(own: DataInterface, shared: DataInterface, report: DatasetReport): void {
  const names = { parameters: parameterNames(own), global_parameters: parameterNames(shared) };
  for (const [path, all] of Object.entries(names))
    for (const name of new Set(all.filter((one, at) => all.indexOf(one) !== at)))
      report.error('NAME_COLLISION_ERROR', path, `${path} has ${name} more than once; names must be unique`);
  for (const name of names.global_parameters.filter((one) => names.parameters.includes(one)))
    report.error(
      'DUPLICATE_PARAMETER',
      'global_parameters',
      `${name} is in parameters and in global_parameters; names must be unique`,
    );
}
