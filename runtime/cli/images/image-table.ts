import { bytes } from '../format.ts';
import { oneLine, table } from '../table.ts';
import { flow, type SeedImage } from './image-document.ts';

/** One line for each image; what is wrong with some follows. Pure. */
export function imageTable(images: readonly SeedImage[]): string {
  const rows = images.map(({ document, manifest }) => [
    document.image,
    document.job_version ?? '-',
    document.package_version ?? '-',
    shortened(document.title ?? '-'),
    document.size === null ? '-' : bytes(document.size),
    manifest ? flow(manifest) : '-',
  ]);
  return table([['IMAGE', 'JOB', 'PACKAGE', 'TITLE', 'SIZE', 'INPUTS -> OUTPUTS'], ...rows]);
}

/** The complaints of images whose manifest is none, one line each. */
export function imageProblems(images: readonly SeedImage[]): string[] {
  return images.flatMap(({ document }) => (document.problem === null ? [] : [oneLine(document.problem)]));
}

function shortened(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39)}…` : title;
}
