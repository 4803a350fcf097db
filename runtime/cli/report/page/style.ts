import { stateColours } from '../../recipe/export.ts';
import { Markup } from './markup.ts';

/** On a dark page, boxes are the border's colour with the page's ground below. */
const light = Object.entries(stateColours)
  .map(
    ([state, [fill, border]]) =>
      `.${state}{fill:${fill};stroke:${border};background:${fill};border-color:${border}}`,
  )
  .join('\n');
const dark = Object.entries(stateColours)
  .map(
    ([state, [, border]]) =>
      `.${state}{fill:color-mix(in srgb,${border} 45%,#111827);stroke:${border};background:color-mix(in srgb,${border} 45%,#111827)}`,
  )
  .join('\n');

/** The whole style of a report. */
export const style = new Markup(`<style>
:root{color-scheme:light dark;--ground:#fff;--text:#111827;--faint:#6b7280;--line:#d1d5db;--soft:#f3f4f6;--sea:#eff6ff;--mark:#1d4ed8}
body{margin:0 auto;max-width:62rem;padding:1.5rem;font:15px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--text)}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:1.25rem 0 .25rem}
table{border-collapse:collapse;width:100%;font-size:.87rem}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{color:var(--faint);font-weight:600}td.number{text-align:right;white-space:nowrap}
pre{background:var(--soft);padding:.6rem;overflow:auto;max-height:24rem;font-size:.8rem;white-space:pre-wrap;overflow-wrap:anywhere}
.none,.legend,.facts{color:var(--faint);font-size:.87rem}.scroll{overflow:auto;max-height:46rem}
.state{display:inline-block;border:1px solid;border-radius:.3rem;padding:0 .4rem;font-size:.78rem;color:var(--text)}
.swatch{display:inline-block;width:1.2rem;height:.6rem;vertical-align:middle}.swatch.queued{background:var(--line)}.swatch.ran{background:#22c55e}
svg text{font:11px system-ui,sans-serif;fill:var(--text);text-anchor:middle}svg .name{font-weight:600;font-size:12px}svg .fact{fill-opacity:.75}svg .tick{fill:var(--faint)}
svg .row{text-anchor:end}.edge{fill:none;stroke:var(--faint);stroke-width:1.2}.otherwise{stroke-dasharray:4 3}.head{fill:var(--faint)}
.grid{stroke:var(--line);stroke-width:.6}.queued{fill:var(--line)}.sea{fill:var(--sea);stroke:var(--line)}
.footprint{fill:var(--mark);fill-opacity:.25;stroke:var(--mark);stroke-width:1.2}.footprint.line{fill:none}
${light}
@media (prefers-color-scheme:dark){:root{--ground:#111827;--text:#f3f4f6;--faint:#9ca3af;--line:#374151;--soft:#1f2937;--sea:#172033;--mark:#60a5fa}
${dark}}
</style>`);
