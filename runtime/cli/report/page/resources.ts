import { duration } from '../../format.ts';
import type { ReportData } from '../data.ts';
import { markup, type Markup } from './markup.ts';

const inMiB = ['mem', 'disk', 'sharedMem'];

/**
 * What the jobs of each node ask for, how long they ran, and what their executions were seen to use. Pure.
 */
export function resourceTable({ jobs, executions, jobsLeftOut, at }: ReportData): Markup {
  if (jobs.length === 0) return markup`<p class="none">There is no job yet.</p>`;
  const names = [...new Set(['cpus', 'mem', 'disk', ...jobs.flatMap(({ asked }) => Object.keys(asked))])];
  const ran = new Map<string, number>();
  for (const { node, started, ended } of executions)
    ran.set(node, (ran.get(node) ?? 0) + Math.max(0, Date.parse(ended ?? at) - Date.parse(started)));
  const byNode = new Map<string, ReportData['jobs'][number][]>();
  for (const job of jobs) byNode.set(job.node, [...(byNode.get(job.node) ?? []), job]);
  const rows = [...byNode].map(([node, own]) => {
    const statuses = [...new Set(own.map(({ status }) => status))].map(
      (status) =>
        markup`<span class="state ${status}">${own.filter((job) => job.status === status).length} ${status}</span> `,
    );
    const amounts = names.map(
      (name) => markup`<td class="number">${rangeOf(own.map(({ asked }) => asked[name] ?? 0))}</td>`,
    );
    const time = ran.get(node);
    const used = executions.flatMap((one) => (one.node === node && one.used ? [one.used] : []));
    const cpus = executions.flatMap((one) => (one.node === node ? coresOf(one, at) : []));
    return markup`<tr>
      <td>${node}</td>
      <td>${statuses}</td>
      ${amounts}
      <td class="number">${time === undefined ? '-' : duration(time)}</td>
      <td class="number">${used.length === 0 ? '-' : rangeOf(used.map(({ mem }) => mem))}</td>
      <td class="number">${cpus.length === 0 ? '-' : rangeOf(cpus)}</td>
    </tr> `;
  });
  return markup`<table>
      <tr>
        <th>Node</th>
        <th>Jobs</th>
        ${names.map((name) => markup`<th>${name}${inMiB.includes(name) ? ' (MiB)' : ''} asked</th>`)}
        <th>Time run</th>
        <th>mem (MiB) used</th>
        <th>cpus used</th>
      </tr>
      ${rows}
    </table>
    <p class="none">
      Asked for by each job; times are those of all executions together. Used: the most memory, and the
      processors on average, of executions that ran for some seconds.${jobsLeftOut > 0 && ` ${jobsLeftOut} more jobs are not in this table.`}
    </p>`;
}

/** Cores in use on average. */
function coresOf({ used, started, ended }: ReportData['executions'][number], at: string): number[] {
  const seconds = (Date.parse(ended ?? at) - Date.parse(started)) / 1000;
  return used && seconds > 0 ? [used.cpu_seconds / seconds] : [];
}

function rangeOf(values: readonly number[]): string {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const shown = (value: number) => String(Math.round(value * 100) / 100);
  return least === most ? shown(least) : `${shown(least)} – ${shown(most)}`;
}
