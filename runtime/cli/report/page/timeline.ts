import { duration } from '../../format.ts';
import type { ReportedExecution } from '../data.ts';
import { markup, type Markup } from './markup.ts';

/** Pixels. */
const size = { label: 230, bars: 640, row: 16, head: 22, pad: 8 };
/** Executions that are drawn. */
const most = 400;

/** When each execution waited and ran, the first one first; pure. @param at of what still runs: until then */
export function timeline(executions: readonly ReportedExecution[], at: string): Markup {
  if (executions.length === 0) return markup`<p class="none">Nothing has been run yet.</p>`;
  const sorted = [...executions].sort((a, b) => a.started.localeCompare(b.started) || a.jobId - b.jobId);
  const shown = sorted.slice(0, most);
  const end = ({ ended }: ReportedExecution) => Date.parse(ended ?? at);
  const from = shown.reduce((least, one) => Math.min(least, Date.parse(one.queued)), Infinity);
  const to = shown.reduce((greatest, one) => Math.max(greatest, end(one)), from + 1);
  const x = (ms: number) => Math.round((size.label + ((ms - from) / (to - from)) * size.bars) * 100) / 100;
  const width = size.label + size.bars + size.pad;
  const height = size.head + shown.length * size.row + size.pad;
  const rows = shown.map((one, index) => {
    const top = size.head + index * size.row;
    const [queued, started, ended] = [Date.parse(one.queued), Date.parse(one.started), end(one)];
    const again = one.try > 1 ? `, try ${one.try}` : '';
    const words = `${one.node}\njob ${one.jobId}${again}, ${one.status}${one.host === null ? '' : ` on ${one.host}`}\nqueued ${duration(Math.max(0, started - queued))}, ran ${duration(Math.max(0, ended - started))}`;
    return markup`<g>
        <title>${words}</title>
        <text class="row" x="${size.label - 6}" y="${top + 12}">${label(one, again)}</text>
        <rect class="queued" x="${x(queued)}" y="${top + 5}" width="${Math.max(0, x(started) - x(queued))}" height="6" />
        <rect class="bar ${one.status}" x="${x(started)}" y="${top + 2}" width="${Math.max(1, x(ended) - x(started))}" height="12" rx="2" />
      </g>
      `;
  });
  const ticks = tickTimes(to - from).map(
    (ms) =>
      markup`<line
          class="grid"
          x1="${x(from + ms)}"
          x2="${x(from + ms)}"
          y1="${size.head - 4}"
          y2="${height}"
        />
        <text class="tick" x="${x(from + ms)}" y="12">${ms === 0 ? '0' : duration(ms)}</text>`,
  );
  const more = sorted.length - shown.length;
  return markup`<p class="legend">
      <span class="swatch queued"></span> queued <span class="swatch ran"></span> running, in the colour of
      how it ended. From ${shown[0]!.queued} on (UTC).
    </p>
    <div class="scroll">
      <svg
        class="timeline"
        role="img"
        aria-label="Timeline of executions"
        width="${width}"
        height="${height}"
        viewBox="0 0 ${width} ${height}"
      >
        ${ticks}${rows}
      </svg>
    </div>
    ${more > 0 && markup`<p class="none">${more} later executions are not drawn.</p>`}`;
}

function label({ node, jobId }: ReportedExecution, again: string): string {
  const tail = ` ${jobId}${again}`;
  const name = [...node.replace(/\s+/g, ' ')];
  const room = 34 - tail.length;
  return (name.length > room ? `…${name.slice(-room + 1).join('')}` : name.join('')) + tail;
}

/** Some round times from 0 to the whole. */
function tickTimes(whole: number): number[] {
  const steps = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 6e4, 12e4, 3e5, 6e5, 12e5, 36e5, 72e5, 216e5,
  ];
  const step = steps.find((one) => whole / one <= 6) ?? Math.ceil(whole / 6 / 864e5) * 864e5;
  return Array.from({ length: Math.floor(whole / step) + 1 }, (_, at) => at * step);
}
