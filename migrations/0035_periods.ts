import type { Migration } from './migration.ts';

/**
 * The index over areas and times was split by areas alone: of a month it went through all files of the area that there are
 * (2.2 ms of a million files in 20 degrees; 0.7 with this one). Quarters come first now, of which files of one time share one,
 * and in each the tree is split by area. Where no time is asked for it goes through each quarter. The span is in it as an
 * expression that only such a search writes: the planner takes it for as good as the index over spans where there is no area,
 * and would go through all of it. On a million files it takes about 40 seconds.
 */
export const periods: Migration = {
  name: '0035_periods',
  async up(knex) {
    const quarter = (bound: string) => `case when isfinite(${bound}) then
      floor(extract(epoch from ${bound} - timestamptz '2000-01-01 00:00:00+00') / 7776000)::integer end`;
    await knex.raw(`
      create function span_quarters(span tstzrange) returns int4range language sql immutable parallel safe
        return case when not isempty(span) then int4range(${quarter('lower(span)')}, ${quarter('upper(span)')}, '[]') end;
      comment on function span_quarters is 'Of 90 days each, from 2000-01-01 on, that a span of time touches.';
      drop index scale_file_area_time;
      create index scale_file_area_time on scale_file using gist (span_quarters(span), bbox, (span * '(,)'::tstzrange));
      analyze scale_file;
    `);
  },
};
