import colors from 'picocolors';
import type { FileDocument } from '../../../seed-schema/index.ts';
import type { Countable } from '../../workspace/index.ts';
import { bytes, duration } from '../format.ts';
import { safe } from '../progress/job-lines.ts';
import type { Warning } from '../../execution/index.ts';
import type { RunDocument } from './document.ts';

const filesShown = 20;

/** The end of a run for people: what came of it, where it is, and on a failure one sentence that says what to do. */
export function summary(document: RunDocument, label: string, outputDirectory: string | null): string {
  const took = duration(Date.parse(document.ended) - Date.parse(document.started));
  const lines: string[] = [''];
  if (document.status === 'completed')
    lines.push(`${colors.green('✔')} ${colors.bold(label)} completed in ${took}`);
  if (document.reused) lines.push(`  reused: job ${document.reused.job} has done the same work`);
  for (const [name, files] of Object.entries(document.outputs.files)) lines.push(...product(name, files));
  for (const [name, value] of Object.entries(document.outputs.json))
    lines.push(`  ${name} = ${safe(JSON.stringify(value))}`);
  if (document.warnings.length > 0) lines.push('');
  lines.push(...document.warnings.map(warningLine));
  lines.push('');
  if (outputDirectory !== null) lines.push(`outputs  ${outputDirectory}`);
  if (document.logs.stdout !== null)
    lines.push(`logs     ${document.logs.stdout}`, `         ${document.logs.stderr}`);
  if (document.error) {
    const { code, name, message } = document.error;
    lines.push(
      `${colors.red('✘')} ${colors.bold(label)} ${document.status} (${code} ${name}): ${safe(message.replace(/\s*\n\s*/g, ' '))}`,
    );
  }
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '\n')}\n`;
}

function warningLine({ name, description }: Warning): string {
  return `${colors.yellow('warning')} ${name}: ${safe(description)}`;
}

/** What --quiet does not keep back. */
export function missingSettings({ warnings }: Pick<RunDocument, 'warnings'>): string[] {
  return warnings.filter(({ name }) => name === 'MISSING_SETTING').map((one) => `${warningLine(one)}\n`);
}

function product(name: string, files: Countable<FileDocument>): string[] {
  const lines = first(files, filesShown).flatMap((file) => {
    const facts = [bytes(file.file_size), file.media_type];
    return [
      `  ${colors.cyan(name)}  ${safe(shownName(file.file_name))}  ${facts.join('  ')}`,
      ...described(file),
    ];
  });
  const more = files.length - filesShown;
  return more > 0 ? [...lines, `  ${colors.cyan(name)}  and ${more} more`] : lines;
}

function first<Item>(items: Iterable<Item>, count: number): Item[] {
  const found: Item[] = [];
  for (const item of items) if (found.push(item) === count) break;
  return found;
}

/** A name may hold anything, line ends too. */
export function shownName(name: string): string {
  return /[\p{C}\u2028\u2029]/u.test(name) ? JSON.stringify(name) : name;
}

/** Time span and area, where they are known. */
export function described(file: FileDocument): string[] {
  const lines: string[] = [];
  if (file.data_started !== null || file.data_ended !== null)
    lines.push(`    time  ${[...new Set([file.data_started, file.data_ended])].join(' to ')}`);
  if (file.geometry) lines.push(`    area  ${areaWords(file.geometry)}`);
  return lines;
}

/** Kind and extent of a geometry. */
export function areaWords(geometry: NonNullable<FileDocument['geometry']>): string {
  if (geometry.type === 'Point') return `Point ${geometry.coordinates.slice(0, 2).join(' ')}`;
  const positions = [...flatten('coordinates' in geometry ? geometry.coordinates : geometry.geometries)];
  const range = (index: 0 | 1) => {
    const values = positions.map((position) => position[index]!);
    return `${Math.min(...values)} to ${Math.max(...values)}`;
  };
  return positions.length === 0
    ? geometry.type
    : `${geometry.type}, longitude ${range(0)}, latitude ${range(1)}`;
}

function* flatten(value: unknown): Generator<number[]> {
  if (Array.isArray(value) && typeof value[0] === 'number') yield value as number[];
  else if (Array.isArray(value)) for (const part of value) yield* flatten(part);
  else if (typeof value === 'object' && value !== null)
    yield* flatten(
      'coordinates' in value ? value.coordinates : (value as { geometries: unknown }).geometries,
    );
}

/** How to look into a container that was kept. */
export function keptContainer(name: string): string {
  return [
    `The container ${name} was kept. To look inside:`,
    `  docker cp ${name}:/PATH .              copies something out of it`,
    `  docker export ${name} | tar -t         lists all its files`,
    `  docker commit ${name} look && docker run --rm -it --entrypoint sh look`,
    `When you have seen enough: docker rm -v ${name}`,
    '',
  ].join('\n');
}
