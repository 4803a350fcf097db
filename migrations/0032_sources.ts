import type { Migration } from './migration.ts';

/**
 * The files of a sensor, collection or task are found in an index alone, without a look at each of them: of the column
 * itself, for no index over an expression is read without its table. What is too long for an index, which is nearly nothing,
 * has one by its first characters. On a million files it takes about ten seconds.
 */
export const sources: Migration = {
  name: '0032_sources',
  async up(knex) {
    await knex.raw(`
      drop index scale_file_sensor_class, scale_file_sensor, scale_file_collection, scale_file_task;
      drop statistics scale_file_sensor_classes, scale_file_sensors, scale_file_collections, scale_file_tasks;
      ${['sensor_class', 'sensor', 'collection', 'task'].map(indexesOf).join('\n')}
      analyze scale_file;
    `);
  },
};

function indexesOf(source: string): string {
  const column = `source_${source}`;
  const bytes = `coalesce(octet_length(${column}), 0)`;
  return `
    create index scale_file_${source} on scale_file (${column}, id) where ${bytes} <= 1000 and ${column} is not null;
    create index scale_file_long_${source} on scale_file (left(${column}, 200)) where ${bytes} > 1000;
    -- Without them the planner takes one in three for short.
    create statistics scale_file_${source}_bytes on (${bytes}) from scale_file;`;
}
