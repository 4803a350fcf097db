import path from 'node:path';
import type { PlanDocument } from '../../../seed-schema/index.ts';
import {
  type ExecutionRequest,
  inputRoot,
  maskSecrets,
  type Plan,
  type Warning,
} from '../../execution/index.ts';
import { quoted } from '../../execution/quoted.ts';

/** What `--dry-run` prints: the container that would be launched, secrets masked. */
export function planDocument(
  request: ExecutionRequest,
  plan: Plan,
  outputDirectory: string,
  warnings: readonly Warning[],
): PlanDocument {
  const inputs = [...request.files].flatMap(([name, files]) =>
    files.map((file) => ({
      source: file.path,
      target: `${inputRoot}/${name}/${file.deliveredName}`,
      mode: 'ro' as const,
      name,
    })),
  );
  return {
    status: 'planned',
    image: request.imageReference,
    argv: plan.command ? maskSecrets(plan.command, plan.secrets) : null,
    environment: maskSecrets(plan.variables, plan.secrets),
    mounts: [...inputs, ...request.mounts],
    limits: {
      cpus: plan.limits.cpus,
      mem: plan.limits.mem,
      sharedMem: plan.limits.sharedMem ?? null,
      pids: plan.limits.pids,
      gpus: plan.limits.gpus ?? null,
    },
    resources: { ...plan.allocated },
    network: request.network,
    timeout: request.manifest.job.timeout > 0 ? request.manifest.job.timeout : null,
    output_directory: path.resolve(outputDirectory),
    warnings: [...warnings],
  };
}

/** The same for people. */
export function planText(plan: PlanDocument): string {
  const rows = (record: Record<string, unknown>) =>
    Object.entries(record)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `  ${name}=${String(value)}`);
  return [
    `image        ${plan.image}`,
    `command      ${plan.argv ? plan.argv.map(quoted).join(' ') : "the image's own"}`,
    `network      ${plan.network}`,
    `timeout      ${plan.timeout === null ? 'none' : `${plan.timeout} s`}`,
    `outputs      ${plan.output_directory}`,
    'environment',
    ...rows(plan.environment),
    'mounts',
    ...plan.mounts.map(({ mode, source, target }) => `  ${mode}  ${quoted(source)} -> ${quoted(target)}`),
    'limits',
    ...rows(plan.limits),
    ...plan.warnings.map(({ name, description }) => `warning: ${name}: ${description}`),
    '',
  ].join('\n');
}
