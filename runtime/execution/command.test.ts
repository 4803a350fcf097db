import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import { changed } from '../manifest/complete-manifest.fixture.ts';
import { judgeManifest } from '../manifest/index.ts';
import { type CommandVariable, expandCommand } from './command.ts';

const variables = new Map<string, CommandVariable>([
  ['FILE', { value: '/scale/input_data/FILE/a b; rm -rf $HOME.png', splittable: false }],
  ['ODD', { value: 'x\n"y"\t\'z\' *?[a] \\ `id` $(id) ünïß', splittable: false }],
  ['JSON', { value: '{"a": [1, 2]}', splittable: false }],
  ['OUTPUT_DIR', { value: '/scale/output_data', splittable: false }],
  ['FLAGS', { value: '-v --level 3', splittable: true }],
  ['EMPTY', { value: '', splittable: true }],
  ['2ND_INPUT', { value: 'second', splittable: false }],
]);
const file = '/scale/input_data/FILE/a b; rm -rf $HOME.png';

const expand = (command: string) => expandCommand(command, variables);

describe('expandCommand', () => {
  it.each<[string, string[]]>([
    ['${FILE} ${OUTPUT_DIR}', [file, '/scale/output_data']],
    ['$ODD', [variables.get('ODD')!.value]],
    ['${FILE/#/-d }', ['-d', file]],
    ['${FILE/#/--in=}', [`--in=${file}`]],
    ['${FILE/%/ -x}', [file, '-x']],
    ['${FLAGS:+$FILE $FILE}', [file, file]],
    ['${ABSENT:-$FILE}', [file]],
    ['${FLAGS/3/$FILE}', ['-v', '--level', file]],
    ['"${FLAGS/3/$FILE}"', [`-v --level ${file}`]],
    ['${FILE##*/} ${FILE%.png}', ['a b; rm -rf $HOME.png', '/scale/input_data/FILE/a b; rm -rf $HOME']],
    ['${FILE^^}', [file.toUpperCase()]],
    ['${ABSENT:=$FILE} $ABSENT', [file, file]],
    ['x$FILE.tif', [`x${file}.tif`]],
    ['$JSON', ['{"a": [1, 2]}']],
    ['$FLAGS "$FLAGS"', ['-v', '--level', '3', '-v --level 3']],
  ])('keeps paths and JSON whole, and splits settings: %s', (command, argv) => {
    expect(expand(command)).toEqual(argv);
  });

  it.each<[string, string[]]>([
    ['', []],
    [' \n\t ', []],
    ['${ABSENT/#/-d } $EMPTY x', ['x']],
    ['"$ABSENT" \'\' "$EMPTY"', ['', '', '']],
    [
      'a|b ; c > d & (e) #f ~ *.tif {g,h}',
      ['a|b', ';', 'c', '>', 'd', '&', '(e)', '#f', '~', '*.tif', '{g,h}'],
    ],
    ['$(date +%F) `id`', ['$(date', '+%F)', '`id`']],
    ['$? $@ $$ $', ['$?', '$@', '$$', '$']],
    ['a\nb', ['a', 'b']],
    ['$2ND_INPUT ${2ND_INPUT}x', ['second', 'secondx']],
    ['${OUTPUT_DIR//a/[&]}', ['/sc[&]le/output_d[&]t[&]']],
    ['"${ABSENT:-"$OUTPUT_DIR"x}"', ['/scale/output_datax']],
    ['sh -c \'cp "$1" $OUTPUT_DIR\' _ $FILE', ['sh', '-c', 'cp "$1" $OUTPUT_DIR', '_', file]],
  ])('runs no shell: %j', (command, argv) => {
    expect(expand(command)).toEqual(argv);
  });

  it('leaves the variables that it was given as they were', () => {
    expect(expand('${NEW:=x} $NEW')).toEqual(['x', 'x']);
    expect(variables.has('NEW')).toBe(false);
  });

  it.each<[string, number, RegExp]>([
    ["a 'b", 3, /single quote is never closed/],
    ['a "b $FILE', 3, /double quote is never closed/],
    ["😀 $'b", 3, /never closed/],
    ['x ${FILE', 3, /brace of \$\{ is never closed/],
    ['x ${FILE:-${OUT}', 3, /never closed/],
    ['x ${FILE/#/-d ', 3, /never closed/],
    ['${}', 3, /variable's name/],
    ['${!FILE}', 3, /variable's name/],
    ['${FILE@Q}', 7, /cannot be followed by @/],
    ['${FILE name}', 7, /cannot be followed by/],
    ['${FILE:}', 8, /offset/],
    ['a ${FILE:b}', 3, /whole numbers/],
    ['a ${FILE:010}', 3, /whole numbers/],
    ['a ${FLAGS:2:-11}', 3, /ends before it begins/],
    ['a ${ABSENT:?give $FILE with -i} b', 3, /ABSENT: give \$FILE with -i$/],
    ['a ${ABSENT?} b', 3, /it has no value/],
    ["$'a\\0b'", 4, /NUL/],
    ["$'\\xff'", 1, /UTF-8/],
    ["$'\\ud800'", 9, /no such character/],
    ['${A:-'.repeat(60), 251, /nested more than 50/],
  ])('says where %j cannot be expanded', (command, position, problem) => {
    const thrown = failureOf(() => expand(command));
    expect(thrown).toMatchObject({ error: 'invalid-command', parameters: { position } });
    expect(thrown.parameters.problem).toMatch(problem);
  });

  it.each([
    "a 'b",
    '"$FILE',
    '😀 ${FILE',
    '${FILE@Q}',
    '${}',
    '${FILE:}',
    "$'a\\0b'",
    "$'\\ud800'",
    '${A:-'.repeat(60),
  ])('refuses %j as the validation of the manifest does', (command) => {
    const { parameters } = failureOf(() => expand(command));
    const { warnings } = judgeManifest(changed('job.interface.command', command));
    expect(warnings).toContainEqual({
      name: 'INVALID_COMMAND',
      path: 'job.interface.command',
      description: `job.interface.command cannot be expanded at character ${parameters.position}: ${parameters.problem}`,
    });
  });

  it('ends a replacement that would exhaust the memory', () => {
    const long = new Map([['A', { value: 'a'.repeat(100_000), splittable: false }]]);
    expect(failureOf(() => expandCommand('${A//?/$A}', long)).parameters.problem).toMatch(
      /more than 1048576/,
    );
  });

  it.each(['${A//a*b*c*d/x}', '${A##*a*a*a*a*b}', '${A%%*a*a*a*b}', '${A//[ab]?*b/x}', '${A//*a*a*b/x}'])(
    'is not slowed down by %s',
    (command) => {
      const value = 'a'.repeat(30_000);
      expect(expandCommand(command, new Map([['A', { value, splittable: false }]]))).toEqual([value]);
    },
  );
});

function failureOf(act: () => unknown): SeedbedError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof SeedbedError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
