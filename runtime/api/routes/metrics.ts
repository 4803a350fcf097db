import type { Request } from 'express';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { MetricsTypeDetailsDocument, MetricsTypeDocument, PlotDocument } from '../documents/metrics.ts';
import { pageOf } from '../documents/schema.ts';
import { errorMetrics } from '../metrics/error-types.ts';
import { ingestMetrics } from '../metrics/ingest.ts';
import { jobTypeMetrics } from '../metrics/job-types.ts';
import type { MetricsType } from '../metrics/metrics-type.ts';
import { columnsOf, plotDocument } from '../metrics/plot.ts';
import { operation } from '../operation.ts';
import { dayOf } from '../request/day.ts';
import { found, textOf } from '../request/ids.ts';
import { numbers, paging, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';

const types = [jobTypeMetrics, ingestMetrics, errorMetrics];

/** What was done each day: `metrics/`. */
export function metricsRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/metrics',
      methods: {
        GET: operation({
          summary: 'List what is measured',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(MetricsTypeDocument) },
          handle: async ({ request, parameters }) => {
            const { offset, limit } = parameters.page();
            const page = { count: types.length, rows: types.slice(offset, offset + limit) };
            return pageAnswer(request, parameters, page, document);
          },
        }),
      },
    },
    {
      path: '/metrics/:name',
      methods: {
        GET: operation({
          summary: 'Show what is measured of one kind of thing',
          description: 'With the choices to which the plots can be narrowed.',
          role: 'viewer',
          answers: { 200: MetricsTypeDetailsDocument },
          handle: async ({ request }) => {
            const type = typeOf(request);
            return { json: { ...document(type), choices: await type.choices(db) } };
          },
        }),
      },
    },
    { path: '/metrics/:name/plot-data', methods: { GET: plotData(db) } },
  ];
}

function plotData(db: Context['db']) {
  return operation({
    summary: 'Plot what was measured, day by day',
    description:
      'Days are in UTC, today included. Without choices, all are added together; each value is of its own choice else.',
    role: 'viewer',
    query: {
      ...timeRange('the day'),
      choice_id: numbers('Id of one of the choices.'),
      column: texts('Name of a column.'),
      group: texts('Name of a group: all of its columns.'),
      ...paging,
    },
    answers: { 200: pageOf(PlotDocument) },
    handle: async ({ request, query, parameters }) => {
      const type = typeOf(request);
      const columns = columnsOf(type, query.column, query.group);
      const [from, to] = [query.started, query.ended].map((time) => time && dayOf(time));
      const choices = query.choice_id;
      const values = await type.plot(db, { from, to, choices });
      const today = new Date().toISOString().slice(0, 10);
      const edge = [from ?? to ?? today, to ?? (from !== undefined && from > today ? from : today)] as const;
      const { offset, limit } = parameters.page();
      const page = { count: columns.length, rows: columns.slice(offset, offset + limit) };
      return pageAnswer(request, parameters, page, (column) =>
        plotDocument(column, values.get(column.name) ?? [], (choices?.length ?? 0) > 1, edge),
      );
    },
  });
}

function typeOf(request: Request): MetricsType {
  const name = textOf(request, 'name');
  return found(
    types.find((type) => type.name === name || type.alias === name),
    'kind of metrics',
    name,
  );
}

function document({ name, title, description, filters, groups, columns }: MetricsType): object {
  return { name, title, description, filters, groups, columns };
}
