import { type FileParameter, type JsonParameter, takesMediaType } from '../../../seed-schema/index.ts';
import type { DefinitionReport } from './findings.ts';
import type { Parameter, Source } from './sources.ts';

/** An input, and what is connected to it. */
export interface Pair extends Source {
  readonly node: string;
  readonly target: Parameter;
  readonly isForEach: boolean;
}

/** Whether an input can take what is connected to it. */
export function judgePair(pair: Pair, where: string, report: DefinitionReport): void {
  const { node, target, source, from, isForEach } = pair;
  const input = `The input ${target.name} of node ${node}`;
  const wrong = (reason: string) => {
    report.error('NODE_INTERFACE', where, `${input} ${reason}`);
  };
  if (isFile(target) !== isFile(source))
    wrong(`takes ${kindOf(target)}, and ${from} gives ${kindOf(source)}`);
  else if (isFile(target) && isFile(source)) {
    if (isForEach && !source.multiple)
      wrong(
        `is that of forEach, which needs several files, and ${from} is one; make it multiple, or drop forEach`,
      );
    else if (!target.multiple && source.multiple)
      wrong(
        `takes one file, and ${from} may be several; make the input multiple, or run the node forEach ${target.name}`,
      );
    judgeMediaTypes(target, source, `${input} is for`, from, where, report);
  } else if (!isFile(target) && !isFile(source) && !accepts(target.type, source.type))
    wrong(
      isForEach
        ? `is that of forEach, which needs an array, and ${from} is of type ${source.type}`
        : `is of type ${target.type}, and ${from} of type ${source.type}`,
    );
  if (target.required && !source.required)
    wrong(
      `is required, and ${from} is optional; make one like the other, or put a condition with a filter on it (and all: true) between them`,
    );
}

function judgeMediaTypes(
  target: FileParameter,
  source: FileParameter,
  begin: string,
  from: string,
  where: string,
  report: DefinitionReport,
): void {
  const others = source.media_types.filter((type) => !takesMediaType(target.media_types, type));
  if (others.length > 0)
    report.warn(
      'MISMATCHED_MEDIA_TYPES',
      where,
      `${begin} ${target.media_types.join(', ')}, and ${from} may be ${others.join(', ')}`,
    );
}

/** Every whole number is a number (Scale refuses that); otherwise the types must be the same. */
function accepts(target: JsonParameter['type'], source: JsonParameter['type']): boolean {
  return target === source || (target === 'number' && source === 'integer');
}

function isFile(parameter: Parameter): parameter is FileParameter {
  return 'media_types' in parameter;
}

function kindOf(parameter: Parameter): string {
  return isFile(parameter) ? 'files' : 'JSON';
}
