import type { RecipeGraphDocument } from '../../../../seed-schema/index.ts';
import { bytes, duration } from '../../format.ts';
import { countWords } from '../../recipe/tree.ts';
import type { Failure, Product, ReportData } from '../data.ts';
import { graphDrawing } from './graph.ts';
import { mapSketch } from './map.ts';
import { markup, type Markup } from './markup.ts';
import { resourceTable } from './resources.ts';
import { style } from './style.ts';
import { timeline } from './timeline.ts';

/** The whole report: one HTML file that needs nothing else, and may load nothing. Pure. */
export function reportPage(data: ReportData): string {
  const { graph, at } = data;
  const { id, recipe_type: type, is_completed: isDone, created, completed, counters } = graph;
  const title = type.title ?? type.name;
  const took = duration(Date.parse(completed ?? at) - Date.parse(created));
  const page = markup`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Recipe ${id}: ${title}</title>
        ${style}
      </head>
      <body>
        <h1>Recipe ${id}: ${title}</h1>
        <p class="facts">
          ${type.name} revision ${type.revision_num}, submitted ${time(created)}.
          ${
            isDone
              ? markup`Completed ${time(completed)}, after ${took}.`
              : markup`Not completed after ${took}, when this report was made (${time(at)}).`
          }
          ${countWords(counters)}.
        </p>
        <h2>Graph</h2>
        ${graphs(graph, '')}
        <h2>Timeline</h2>
        ${timeline(data.executions, at)}
        <h2>Resources</h2>
        ${resourceTable(data)}
        <h2>Failures</h2>
        ${failures(data)}
        <h2>Products</h2>
        ${products(data)}
      </body>
    </html> `;
  return page.text;
}

function time(text: string | null): string {
  return text === null ? '-' : `${text.slice(0, 19).replace('T', ' ')} UTC`;
}

function graphs(graph: RecipeGraphDocument, path: string): Markup {
  const inside = graph.nodes.flatMap((node) =>
    node.graph ? [{ name: `${path}${node.name}`, graph: node.graph }] : [],
  );
  return markup`${graphDrawing(graph)}
  ${inside.map(
    (one) =>
      markup`<h3>Inside ${one.name} (recipe ${one.graph.id}, ${one.graph.recipe_type.name})</h3>
        ${graphs(one.graph, `${one.name}/`)}`,
  )}`;
}

function failures({ failures: all, failuresLeftOut: more }: ReportData): Markup {
  if (all.length === 0) return markup`<p class="none">No job has failed.</p>`;
  return markup`${all.map(failure)}${more > 0 && markup`<p class="none">${more} more jobs have failed.</p>`}`;
}

function failure({ jobId, node, tries, words, log }: Failure): Markup {
  return markup`<h3>${node}, job ${jobId}</h3>
    <p>${words}${tries > 1 && ` (after ${tries} tries)`}</p>
    ${log === null ? markup`<p class="none">Its log is not known.</p>` : log === '' ? markup`<p class="none">It has printed nothing.</p>` : markup`<pre>${log}</pre>`} `;
}

function products({ products: all, productsLeftOut: more }: ReportData): Markup {
  if (all.length === 0) return markup`<p class="none">There are none.</p>`;
  return markup`${mapSketch(all) ?? markup`<p class="none">None of them has a place on the map.</p>`}
    <table>
      <tr>
        <th>File</th>
        <th>Node</th>
        <th>Job</th>
        <th>Type</th>
        <th>Size</th>
      </tr>
      ${all.map(
        ({ id, name, node, jobId, mediaType, size }: Product) =>
          markup`<tr>
            <td>${name} <span class="none">file ${id}</span></td>
            <td>${node}</td>
            <td>${jobId}</td>
            <td>${mediaType}</td>
            <td class="number">${bytes(size)}</td>
          </tr> `,
      )}
    </table>
    ${more > 0 && markup`<p class="none">And ${more} more.</p>`}`;
}
