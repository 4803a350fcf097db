import {
  below,
  type DataFilter,
  type DataInterface,
  type Filter,
  type FilterOperator,
  type FilterType,
  type Finding,
  type JsonPath,
} from '../../../seed-schema/index.ts';
import { listed } from '../../../seed-schema/words.ts';
import { error, type FilterFinding, warning } from './findings.ts';
import { allOperators, looksAtFields, operatorsOf } from './operators.ts';
import { judgeParameter } from './judge-parameter.ts';
import { judgeFieldValues, judgeValues } from './judge-values.ts';

/** A filter as a document has it: types and operators may be any text. */
export type WrittenFilter = Omit<Filter, 'type' | 'condition'> & {
  readonly type: string;
  readonly condition: string;
};

export interface FilterJudgement {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * Judges a condition's filter, whose shape is right, before it is ever used. Errors are what Scale refuses; what it takes and
 * what can never pass is a warning.
 * @param parameters what the condition takes; with `forEach`: each time
 * @param path of the filter in its document, as `nodes.area.node_type.data_filter`
 */
export function judgeFilter(
  filter: Pick<DataFilter, 'all'> & { readonly filters: readonly WrittenFilter[] },
  parameters: DataInterface,
  path: JsonPath,
): FilterJudgement {
  const filters = below(path, 'filters');
  const found = filter.filters.flatMap((each, index) =>
    judgeOne(each, parameters, below(filters, index), index < mostHinted),
  );
  const unmatched = [...parameters.files, ...parameters.json].filter(
    ({ name }) => !filter.filters.some((each) => each.name === name),
  );
  if (unmatched.length > 0)
    found.push(
      warning(
        'UNMATCHED_PARAMETERS',
        filters,
        `${filters} has none that looks at ${listed(
          unmatched.map(({ name }) => name),
          'and',
        )}; that may be what you want`,
      ),
    );
  const of = (wanted: FilterFinding['kind']): Finding[] =>
    found.flatMap(({ kind, ...finding }) => (kind === wanted ? [finding] : []));
  return { errors: of('error'), warnings: of('warning') };
}

/** Filters of a condition whose wrong names are compared with the right ones. */
const mostHinted = 5;

function judgeOne(
  filter: WrittenFilter,
  parameters: DataInterface,
  path: JsonPath,
  isHinted: boolean,
): FilterFinding[] {
  const { type, condition, fields, values } = filter;
  if (!Object.hasOwn(operatorsOf, type))
    return [
      error(
        'INVALID_TYPE',
        below(path, 'type'),
        `${below(path, 'type')} is ${type}, which no operator is defined for; it must be ${listed(Object.keys(operatorsOf))}`,
      ),
    ];
  const known = filter as WrittenFilter & { readonly type: FilterType };
  const found = judgeParameter(known, parameters, path, isHinted);
  if (fields.length > 0 && !looksAtFields(filter))
    found.push(
      warning(
        'UNUSED_FIELDS',
        below(path, 'fields'),
        `${below(path, 'fields')} is ignored: only object and meta-data have fields, and the type is ${type}`,
      ),
    );
  if (fields.length > 0 && fields.length !== values.length)
    return [
      ...found,
      error(
        'INVALID_FIELDS',
        below(path, 'fields'),
        `${below(path, 'fields')} has ${fields.length} paths and ${below(path, 'values')} ${values.length} items; they must be equally many`,
      ),
    ];
  const operators: readonly string[] = looksAtFields(filter) ? allOperators : operatorsOf[known.type];
  if (!operators.includes(condition)) return [...found, wrongOperator(known, operators, path)];
  const judged = known as Filter;
  if (!looksAtFields(filter)) return [...found, ...judgeValues(judged, values, below(path, 'values'))];
  return [
    ...found,
    ...fields.flatMap((_, index) => judgeFieldValues(judged, index, below(below(path, 'values'), index))),
  ];
}

function wrongOperator(
  { type, condition }: WrittenFilter,
  operators: readonly string[],
  path: JsonPath,
): FilterFinding {
  const where = below(path, 'condition');
  const hint =
    (type === 'object' || type === 'meta-data') && allOperators.includes(condition as FilterOperator)
      ? ', or name what it looks at in fields'
      : '';
  return error(
    'INVALID_CONDITION',
    where,
    `${where} is ${JSON.stringify(condition)}, which ${type} does not have; it must be ${listed(operators)}${hint}`,
  );
}
