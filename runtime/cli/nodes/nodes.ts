import type { Client, NodeRow, Page } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { oneLine, table } from '../table.ts';
import type { NodesOptions } from './options.ts';

/** `seed nodes`: pauses or resumes one where that is asked for, and lists all. @returns 0 */
export async function nodes(options: NodesOptions): Promise<0> {
  const { pause, resume, reason, format } = options;
  if (pause !== undefined && pause === resume)
    throw new SeedbedError('invalid-usage', { problem: '--pause and --resume name the same node' });
  if (reason !== undefined && pause === undefined)
    throw new SeedbedError('invalid-usage', {
      problem: '--reason says why a node is paused; add --pause NAME',
    });
  const client = await openClient();
  if (pause !== undefined) await change(client, pause, { is_paused: true, pause_reason: reason ?? null });
  if (resume !== undefined) await change(client, resume, { is_paused: false, pause_reason: null });
  const page = await client.nodes();
  await print(format, page, () => asText(page));
  return 0;
}

async function change(
  client: Client,
  name: string,
  changes: { readonly is_paused: boolean; readonly pause_reason: string | null },
): Promise<void> {
  const { results } = await client.nodes();
  const node = results.find((one) => one.name === name);
  if (!node) {
    const known = results.map((one) => one.name).join(', ') || 'none';
    throw new SeedbedError('unknown-name', { kind: 'node', name, known });
  }
  await client.changeNode(node.id, changes);
}

function asText({ results }: Page<NodeRow>): string {
  if (results.length === 0) return 'No node has ever been driven; `seed serve` starts one.\n';
  const rows = results.map((node) => [
    node.name,
    node.state.name,
    `${node.running} of ${node.slots}`,
    ...['cpus', 'mem', 'disk'].map((name) => amount(node, name)),
    node.engine_version || node.engine,
  ]);
  const heading = ['NODE', 'STATE', 'JOBS', 'CPUS', 'MEM (MiB)', 'DISK (MiB)', 'ENGINE'];
  return [table([heading, ...rows]), ...results.flatMap(remarks)].join('');
}

/** Promised, and all that there is. */
function amount({ resources }: NodeRow, name: string): string {
  const { running = 0, total = 0 } = resources[name] ?? {};
  return total === 0 ? '-' : `${shown(running)} of ${shown(total)}`;
}

function shown(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function remarks({ name, state, problems }: NodeRow): string[] {
  const isSilent = problems.length === 0 && state.name !== 'READY';
  return [
    ...(isSilent ? [`${name}: ${oneLine(state.description)}\n`] : []),
    ...problems.map(
      (problem) => `${name}: ${oneLine(problem.description ?? problem.title ?? problem.name)}\n`,
    ),
  ];
}
