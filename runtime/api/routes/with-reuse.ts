/** The configuration of a submission, in which its `reuse` stands too, wherever it was said. */
export function withReuse({
  configuration,
  reuse,
}: {
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly reuse?: boolean;
}): Readonly<Record<string, unknown>> | undefined {
  return reuse === undefined ? configuration : { ...configuration, reuse };
}
