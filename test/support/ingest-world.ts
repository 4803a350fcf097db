import { beforeAll } from '@jest/globals';
import { type TestApi, withApi } from './api.ts';

/** A service with workspaces of every kind and recipe types that take files in several ways. */
export interface IngestWorld {
  readonly api: TestApi;
  /** Of workspaces, by name. */
  readonly ids: Readonly<Record<string, number>>;
}

const rules = [
  { filename_regex: '.*\\.h5', data_types: ['h5'], new_workspace: 'store', new_file_path: 'in/h5' },
];

/** A configuration that is valid. */
export const strike = (more: object = {}) => ({
  workspace: 'raw',
  monitor: { type: 'dir-watcher', transfer_suffix: '_tmp' },
  files_to_ingest: rules,
  ...more,
});
export const scan = (more: object = {}) => ({
  workspace: 'raw',
  scanner: { type: 'dir' },
  recursive: true,
  files_to_ingest: rules,
  ...more,
});

const node = {
  dependencies: [],
  input: {},
  node_type: { node_type: 'recipe', recipe_type_name: 'inner', recipe_type_revision: 1 },
};
const file = (name: string, required = true) => ({ name, media_types: [], required, multiple: false });

/** Before the first test of a file: makes it, and hands it over. */
export function withIngestWorld(take: (world: IngestWorld) => void): void {
  let api: TestApi;
  withApi((started) => (api = started));
  beforeAll(async () => {
    const ids: Record<string, number> = {};
    const workspace = async (name: string, broker: object, isActive = true) => {
      const [row] = await api.db.query<{ id: number }>(
        'insert into workspace (name, title, json_config, is_active) values ($1, $1, $2, $3) returning id',
        [name, { version: '7', broker }, isActive],
      );
      ids[name] = row!.id;
    };
    const recipeType = (title: string, files: object[], json: object[] = [], nodes: object = {}) =>
      api.send('POST', 'recipe-types/', {
        title,
        definition: { version: '7', input: { files, json }, nodes },
      });
    await workspace('raw', { type: 'host', host_path: '/data/raw' });
    await workspace('store', { type: 'nfs', nfs_path: 'host:/store' });
    await workspace('bucket', { type: 's3', bucket_name: 'b' });
    await workspace('old', { type: 'host', host_path: '/data/old' }, false);
    await recipeType('inner', []);
    await recipeType('one', [file('SCENE')], [], { below: node });
    await recipeType('several', [file('A'), file('B', false), file('C', false)]);
    await recipeType('unclear', [file('A', false), file('B', false)]);
    await recipeType('more', [file('A'), file('B')], [{ name: 'N', type: 'integer', required: true }]);
    take({ api, ids });
  });
}

/** What is found, as `NAME path`. */
export async function judgeIngest(
  api: TestApi,
  kind: 'strikes' | 'scans',
  configuration: object,
  more: object = {},
): Promise<{ is_valid: unknown; errors: string[]; warnings: string[] }> {
  const { status, json } = await api.send('POST', `${kind}/validation/`, {
    title: 'X',
    ...more,
    configuration,
  });
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(json)}`);
  const named = (findings: unknown) =>
    (findings as { name: string; path?: string }[]).map(
      ({ name, path = '' }) => `${name} ${path.replace('configuration.', '')}`,
    );
  return { is_valid: json.is_valid, errors: named(json.errors), warnings: named(json.warnings) };
}
