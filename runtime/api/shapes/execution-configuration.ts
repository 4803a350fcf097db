import { managedWorkspaceName } from '../../catalog/index.ts';
import {
  asJson,
  deliveredNames,
  type KeptConfiguration,
  type KeptMount,
  shownVariables,
} from '../../execution/index.ts';
import type { ExecutionRow, GivenFile, GivenToExecution } from '../../jobs/index.ts';
import { judgeManifest } from '../../manifest/index.ts';

/**
 * What an execution ran with, as Scale describes it. What is not known is left out: of one that has only begun, or that ran
 * before such was kept.
 * @param clusterId how Scale's logs name it
 */
export function executionConfiguration(
  row: ExecutionRow,
  given: GivenToExecution,
  clusterId: string,
): Record<string, unknown> {
  const kept = isKept(row.configuration) ? row.configuration : undefined;
  const outputs = outputWorkspaces(row, given, kept);
  const { resources } = row;
  return {
    version: '2.0',
    input_files: inputFiles(given.files),
    output_workspaces: outputs,
    tasks: [
      {
        task_id: clusterId,
        type: 'main',
        resources,
        ...(kept && {
          args: kept.args,
          ...environment(row, given, kept),
          ...mounts(kept.mounts ?? {}, clusterId),
        }),
        workspaces: taskWorkspaces(given.files, Object.values(outputs)),
        docker_params: dockerParameters(row),
      },
    ],
  };
}

function isKept(configuration: object): configuration is KeptConfiguration {
  return 'args' in configuration;
}

function inputFiles(files: readonly GivenFile[]): Record<string, object[]> {
  const shown = [...byInput(files)].map(([input, some]): [string, object[]] => {
    const names = deliveredNames(some.map(({ file_path }) => file_path));
    return [
      input,
      some.map(({ id, file_type, workspace, file_path, file_name, is_deleted }, nth) => ({
        id,
        type: file_type,
        workspace_name: workspace,
        workspace_path: file_path,
        ...(names[nth] !== file_name && { local_file_name: names[nth] }),
        is_deleted,
      })),
    ];
  });
  return Object.fromEntries(shown);
}

function byInput(files: readonly GivenFile[]): Map<string, GivenFile[]> {
  const grouped = new Map<string, GivenFile[]>();
  for (const file of files) {
    const known = grouped.get(file.input);
    if (known) known.push(file);
    else grouped.set(file.input, [file]);
  }
  return grouped;
}

/** Of what a command ran by itself, and of what went to a directory of a user's, none is known. */
function outputWorkspaces(
  { node }: ExecutionRow,
  { destination, manifest: document }: GivenToExecution,
  kept: KeptConfiguration | undefined,
): Readonly<Record<string, string>> {
  if (kept?.output_workspaces) return kept.output_workspaces;
  const { manifest } = judgeManifest(document);
  if (!manifest || !kept || destination !== null || node === null) return {};
  const { files } = manifest.job.interface.outputs;
  return Object.fromEntries(files.map(({ name }) => [name, managedWorkspaceName]));
}

function environment(row: ExecutionRow, given: GivenToExecution, kept: KeptConfiguration): object {
  const settings = kept.settings ?? {};
  const { manifest } = judgeManifest(given.manifest);
  if (!manifest) return { settings };
  const paths = [...byInput(given.files)].map(
    ([name, files]) => [name, files.map(({ file_path }) => file_path)] as const,
  );
  const told = {
    interface: manifest.job.interface,
    files: new Map(paths),
    json: new Map(Object.entries(given.json).map(([name, value]) => [name, asJson(value).environment])),
    allocated: row.resources,
    identity: {
      jobId: row.job_id,
      exeNum: row.exe_num,
      recipeId: given.recipe_id ?? undefined,
      batchId: given.batch_id ?? undefined,
    },
  };
  return { env_vars: shownVariables(told, kept), settings };
}

/** Scale names a volume for each mount; of a volume of the engine that is its own name. */
function mounts(kept: Readonly<Record<string, KeptMount>>, clusterId: string): object {
  const named = Object.entries(kept).map(([name, { volume = `${clusterId}_mount_${name}`, ...rest }]) => {
    return { name, volume, rest };
  });
  return {
    mounts: Object.fromEntries(named.map(({ name, volume }) => [name, volume])),
    volumes: Object.fromEntries(named.map(({ volume, rest }) => [volume, rest])),
  };
}

function taskWorkspaces(files: readonly GivenFile[], outputs: readonly string[]): Record<string, object> {
  return Object.fromEntries([
    ...files.map(({ workspace }) => [workspace, { mode: 'ro' }] as const),
    ...outputs.map((name) => [name, { mode: 'rw' }] as const),
  ]);
}

/** What `docker run` would be told; variables and volumes have members of their own. */
function dockerParameters({ resources, job_id }: ExecutionRow): { flag: string; value: string }[] {
  const { cpus, mem, sharedMem, gpus } = resources;
  const amounts = [
    ['cpus', cpus, ''],
    ['memory', mem, 'm'],
    ['memory-swap', mem, 'm'],
    ['shm-size', sharedMem, 'm'],
    ['gpus', gpus, ''],
  ] as const;
  return [
    ...amounts.flatMap(([flag, amount, unit]) => (amount ? [{ flag, value: `${amount}${unit}` }] : [])),
    { flag: 'label', value: `scale-job-id=${job_id}` },
  ];
}
