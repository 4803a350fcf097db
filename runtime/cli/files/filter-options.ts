import { Command, Option } from 'commander';

/** By what files are found, on the command line. */
export interface FilterOptions {
  readonly name?: string;
  readonly word?: string[];
  readonly from?: string;
  readonly to?: string;
  readonly bbox?: string;
  readonly intersects?: string;
  readonly dataType?: string[];
  readonly meta?: string[];
  readonly sha256?: string[];
  readonly mediaType?: string[];
  readonly fileType?: string;
  readonly sensorClass?: string[];
  readonly sensor?: string[];
  readonly collection?: string[];
  readonly task?: string[];
  readonly jobType?: string[];
  readonly job?: string[];
  readonly output?: string[];
  readonly recipeType?: string[];
  readonly recipe?: string[];
  readonly batch?: string[];
  readonly outputId?: string[];
  readonly country?: string[];
  readonly workspace?: string[];
  readonly superseded?: boolean;
  readonly deleted?: boolean;
}

/** Adds the options by which files are found. Those that may be repeated take the files of one of their values. */
export function addFilterOptions(command: Command): Command {
  const repeated = (flags: string, description: string) =>
    command.addOption(
      new Option(flags, description).argParser((value: string, before: string[] = []) => [...before, value]),
    );
  command
    .option('--name <TEXT>', 'part of the file name, or a pattern with * and ?')
    .option(
      '--from <TIME>',
      'data that ends at or after this time (ISO 8601 with offset, e.g. 2019-10-14T00:00:00Z)',
    )
    .option('--to <TIME>', 'data that begins at or before this time')
    .option(
      '--bbox <W,S,E,N>',
      'data whose bounding box touches this one, in degrees; W > E crosses the antimeridian',
    )
    .option(
      '--intersects <FILE|WKT>',
      'data that touch this shape: a GeoJSON or WKT file, or well-known text',
    );
  repeated(
    '--word <WORD>',
    'a whole word of the file name, or with * its beginning; repeat it for more that it has',
  );
  repeated('--data-type <TAG>', 'files with this data type tag');
  repeated(
    '--meta <KEY=VALUE>',
    'a member of meta_data, e.g. cloud.cover<=0.1 (also <, >, >=); repeat it for more that hold',
  );
  repeated('--sha256 <CHECKSUM>', 'files with this content');
  repeated('--media-type <TYPE>', 'files of this media type, e.g. image/tiff');
  command.addOption(new Option('--file-type <TYPE>', 'inputs or products').choices(['SOURCE', 'PRODUCT']));
  repeated('--sensor-class <CLASS>', 'data of this class of sensors');
  repeated('--sensor <SENSOR>', 'data of this sensor');
  repeated('--collection <COLLECTION>', 'data of this collection');
  repeated('--task <TASK>', 'data of this task');
  repeated('--job-type <NAME>', 'products of jobs of this type');
  repeated('--job <ID>', 'products of this job');
  repeated('--output <NAME>', 'products that are this output of their job');
  repeated('--recipe-type <NAME>', 'products of recipes of this type');
  repeated('--recipe <ID>', 'products of this recipe');
  repeated('--batch <ID>', 'products of this batch');
  repeated('--output-id <ID>', 'products of executions of this identity');
  repeated('--country <CODE>', 'data in this country (ISO 3166)');
  repeated('--workspace <NAME>', 'files in this workspace');
  return command
    .option('--superseded', 'also files that a newer version took the place of')
    .option('--deleted', 'also files that were deleted');
}
