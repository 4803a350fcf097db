import { texts, type Values } from './parameters.ts';

/** Scale's filters by where data comes from. */
export const sourceParameters = {
  source_sensor_class: texts('Class of the sensor that collected the data.'),
  source_sensor: texts('Sensor that collected the data.'),
  source_collection: texts('Collection of the data.'),
  source_task: texts('Task for which the data was collected.'),
};

/** The same, as `listJobs` and `listFiles` take them. */
export function sourceFilter(query: Values<typeof sourceParameters>) {
  return {
    sensorClasses: query.source_sensor_class,
    sensors: query.source_sensor,
    collections: query.source_collection,
    tasks: query.source_task,
  };
}
