import type { BuiltDocument, PublishedDocument } from '../../../seed-schema/index.ts';
import { readConfig } from '../../config/index.ts';
import { createEngine } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { duration } from '../format.ts';
import { buildJob, type JobDirectory, readJobDirectory } from '../images/job-directory.ts';
import { teller } from '../progress/teller.ts';
import { write } from '../progress/writer.ts';
import { bumpOf } from '../publish/bump-options.ts';
import { publishedText } from '../publish/publish.ts';
import { publishImage } from '../publish/publish-image.ts';
import { remoteName } from '../publish/remote-name.ts';
import { givenLogin } from '../registry-options.ts';
import { requireSpecVersion } from '../spec-version.ts';
import type { BuildCommandOptions } from './options.ts';
import { runLine } from './run-line.ts';

/** `seed build`. @returns 0 @throws what reading, building and publishing throw */
export async function build(argument: string | undefined, options: BuildCommandOptions): Promise<0> {
  const started = Date.now();
  requireSpecVersion(options.specVersion);
  const job = await readJobDirectory(oneDirectory(argument, options), options);
  const say = teller(options);
  if (options.publish) judgePublication(job, options);
  else warnOfUnused(options);
  judgeWarnings(job, options.warningsAsErrors === true, say);

  const config = readConfig();
  const login = await givenLogin(options);
  const how = {
    pull: options.pull ?? config.pull,
    ...(options.cacheFrom && { cacheFrom: options.cacheFrom }),
  };
  const engine = await createEngine(config);
  try {
    const { id } = await buildJob(engine, job, { ...how, login }, (line) => say(line, true));
    if (options.format === 'text')
      await write(process.stdout, builtText(job, Date.now() - started, options.publish === true));
    const published = options.publish
      ? await publishImage({
          home: config.home,
          engine,
          image: job.reference,
          job: async () => job,
          login,
          options,
          build: how,
          say,
        })
      : undefined;
    await write(process.stdout, options.format === 'json' ? asJson(job, id, published) : shown(published));
    return 0;
  } finally {
    engine.close();
  }
}

function oneDirectory(argument: string | undefined, { directory }: BuildCommandOptions): string {
  if (argument === undefined || directory === undefined) return argument ?? directory ?? '.';
  throw new SeedbedError('invalid-usage', {
    // Without what was given, which may be a password without its option.
    problem: 'seed build takes one directory, and was given one as its argument and one with -d',
  });
}

/** Nobody should wait for a build to hear this. @throws invalid-usage, invalid-registry-address */
function judgePublication({ reference }: JobDirectory, options: BuildCommandOptions): void {
  bumpOf(options);
  remoteName(reference, options);
}

/** With --quiet too: who gives these wants a publication. seed-cli ignores them without a word. */
function warnOfUnused(options: BuildCommandOptions): void {
  const given = publicationFlags.filter((flag) => options[flag] !== undefined && options[flag] !== '');
  if (given.length === 0) return;
  const flags = given.map((flag) => `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  process.stderr.write(
    `warning: nothing is published without --publish, so ${flags.join(', ')} had no effect\n`,
  );
}

const publicationFlags = [
  ...(['registry', 'org', 'force', 'packageMajor', 'packageMinor', 'packagePatch'] as const),
  ...(['jobMajor', 'jobMinor', 'jobPatch'] as const),
];

/** @throws manifest-warnings */
function judgeWarnings(
  { file, loaded }: JobDirectory,
  areErrors: boolean,
  say: (line: string) => void,
): void {
  const warnings = loaded.warnings.map(({ description }) => description);
  if (areErrors && warnings.length > 0)
    throw new SeedbedError('manifest-warnings', { where: file, warnings: warnings.join('; ') });
  for (const warning of warnings) say(`warning: ${warning}`);
}

function builtText({ reference, loaded }: JobDirectory, ms: number, isPublished: boolean): string {
  const { name, jobVersion } = loaded.manifest.job;
  const next = isPublished ? '' : `Publish it:\n  seed publish -in ${reference} -r REGISTRY\n`;
  return `✔ ${name} ${jobVersion} built as ${reference} in ${duration(ms)}\nRun it:\n  ${runLine(reference, loaded.manifest)}\n${next}`;
}

function shown(published: PublishedDocument | undefined): string {
  return published ? publishedText(published) : '';
}

function asJson(
  { reference, loaded }: JobDirectory,
  id: string,
  published: PublishedDocument | undefined,
): string {
  const document: BuiltDocument = {
    image: reference,
    id,
    warnings: [...loaded.warnings],
    published: published ?? null,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
