/** Which error is meant: names of errors repeat in the manifests of several job types. */
export interface ErrorKey {
  readonly name: string;
  /** Null for one of the registry. */
  readonly jobTypeName: string | null;
}

/**
 * That an error is one of these, as an SQL condition. Pure.
 * @param errorName expression of its name, which is null where there is no error
 * @param typeName expression of the name of the job type
 * @param bind gives a value its parameter, e.g. `$3`
 */
export function isOneOf(
  keys: readonly ErrorKey[],
  errorName: string,
  typeName: string,
  bind: (values: readonly string[]) => string,
): string {
  const builtin = keys.filter(({ jobTypeName }) => jobTypeName === null);
  const ofTypes = keys.filter(({ jobTypeName }) => jobTypeName !== null);
  const parts = [
    ...(builtin.length === 0 ? [] : [`${errorName} = any(${bind(builtin.map(({ name }) => name))}::text[])`]),
    ...(ofTypes.length === 0
      ? []
      : [
          `(${typeName}, ${errorName}) in (select * from unnest(${bind(
            ofTypes.map(({ jobTypeName }) => jobTypeName!),
          )}::text[], ${bind(ofTypes.map(({ name }) => name))}::text[]))`,
        ]),
  ];
  return parts.length === 0 ? 'false' : `(${errorName} is not null and (${parts.join(' or ')}))`;
}
