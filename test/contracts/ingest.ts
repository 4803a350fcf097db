import path from 'node:path';

/** A directory of the host for a workspace; the service must be let to it. */
export const hostPath = path.resolve('sample-jobs');

export const workspace = (title: string) => ({
  title,
  description: 'Proves something.',
  configuration: { broker: { type: 'host', host_path: hostPath } },
});

const rules = [{ filename_regex: '.*\\.md$', data_types: ['text'] }];
/** Inactive: what it watches is a directory of this repository. */
export const strike = (workspace: string) => ({
  title: 'Contract strike',
  description: 'Proves something.',
  is_active: false,
  configuration: { workspace, monitor: { type: 'dir-watcher' }, files_to_ingest: rules },
});
export const scan = (workspace: string) => ({
  title: 'Contract scan',
  description: 'Proves something.',
  configuration: { workspace, scanner: { type: 'dir' }, recursive: false, files_to_ingest: rules },
});
