import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** JavaScript, for ESLint's configuration reads it too. */
const tableFile = new URL('../rooms.js', import.meta.url).href;
const { rooms } = (await import(tableFile)) as { rooms: Readonly<Record<string, readonly string[]>> };

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** ESLint's own API, in a process of its own: jest's module loader cannot load flat configurations. */
const program = `
  import { ESLint } from 'eslint';
  const eslint = new ESLint();
  const answers = [];
  for (const [filePath, line] of JSON.parse(process.argv[1])) {
    const [{ messages }] = await eslint.lintText(line + '\\n', { filePath });
    answers.push(messages.some(({ ruleId }) => ruleId?.startsWith('no-restricted-')));
  }
  console.log(JSON.stringify(answers));
`;

/** Whether the rule refuses each import. @param imports file → import line */
async function refused(imports: readonly (readonly [string, string])[]): Promise<boolean[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', program, JSON.stringify(imports)],
    { cwd: root },
  );
  return JSON.parse(stdout) as boolean[];
}

const line = (from: string) => `import { x } from '${from}';\nexport { x };`;

describe('the directions of imports', () => {
  it('are held by the lint rule, room by room', async () => {
    const cases: [string, string, boolean][] = [
      ['runtime/errors/a.ts', '../config/index.ts', false],
      ['runtime/errors/a.ts', '../database/index.ts', true],
      ['runtime/manifest/a.ts', '../../seed-schema/index.ts', false],
      ['runtime/manifest/rules/a.ts', '../../../seed-schema/index.ts', false],
      ['runtime/manifest/a.ts', '../engine/index.ts', true],
      ['runtime/manifest/rules/a.ts', '../../engine/index.ts', true],
      ['runtime/engine/docker/a.ts', '../../catalog/index.ts', true],
      ['runtime/engine/docker/a.ts', '../../../seed-schema/index.ts', true],
      ['runtime/engine/docker/a.ts', 'dockerode', false],
      ['runtime/execution/a.ts', 'dockerode', true],
      ['runtime/execution/a.ts', '../engine/index.ts', false],
      ['runtime/execution/a.ts', '../database/index.ts', true],
      ['runtime/execution/a.ts', '../jobs/index.ts', true],
      ['runtime/catalog/a.ts', '../jobs/index.ts', true],
      ['runtime/jobs/a.ts', '../catalog/index.ts', false],
      ['runtime/jobs/a.ts', '../completion/index.ts', true],
      ['runtime/completion/a.ts', '../cli/main.ts', true],
      ['runtime/completion/a.ts', '../jobs/index.ts', false],
      ['runtime/cli/run/a.ts', '../../completion/index.ts', false],
      ['runtime/cli/run/a.ts', '../../../migrations/index.ts', true],
      ['runtime/database/a.ts', '../../migrations/index.ts', false],
      ['runtime/logging/a.ts', '../workspace/index.ts', true],
      ['runtime/api/a.ts', '../secrets/index.ts', false],
      ['runtime/api/a.ts', '../secrets/read.ts', true],
      ['runtime/api/a.ts', '../secrets/seal.ts', true],
      ['runtime/cli/serve/a.ts', '../../secrets/read.ts', true],
      ['runtime/scheduler/a.ts', '../secrets/read.ts', false],
    ];
    const answers = await refused(cases.map(([file, from]) => [file, line(from)]));
    expect(cases.map(([file, from], index) => [file, from, answers[index]])).toEqual(cases);
  });

  it('hold for imports that are put off, too', async () => {
    const later = (from: string) => `export const load = () => import('${from}');`;
    expect(
      await refused([
        ['runtime/manifest/a.ts', later('../database/index.ts')],
        ['runtime/execution/deep/a.ts', later('../../jobs/index.ts')],
        ['runtime/catalog/a.ts', later('dockerode')],
        ['runtime/catalog/a.ts', later('../workspace/index.ts')],
      ]),
    ).toEqual([true, true, true, false]);
  });

  it('forbid every room that the table does not name, to every room', async () => {
    const cases = Object.keys(rooms).flatMap((room) =>
      Object.keys(rooms)
        .filter((other) => other !== room)
        .map((other) => [room, other] as const),
    );
    const answers = await refused(
      cases.map(([room, other]) => [`runtime/${room}/a.ts`, line(`../${other}/index.ts`)]),
    );
    const ground = ['errors', 'config', 'logging', 'signals'];
    expect(cases.map(([room, other], index) => [room, other, answers[index]])).toEqual(
      cases.map(([room, other]) => [room, other, !ground.includes(other) && !rooms[room]!.includes(other)]),
    );
  });
});
