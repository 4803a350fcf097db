import type { SpecNote } from './note.ts';

/** The fields of a manifest without its interface, by their paths; a list and its items share one. */
export const jobNotes: Readonly<Record<string, SpecNote>> = {
  seedVersion: {
    what: 'The version of the Seed standard that the manifest is written for.',
    example: '1.0.0',
  },
  job: {
    what: 'Everything about the job. There is nothing else in a manifest.',
    example: {
      name: 'cell-counter',
      jobVersion: '1.2.0',
      packageVersion: '1.0.0',
      title: 'Cell counter',
      description: 'Counts the cells of a raster.',
      maintainer: { name: 'Ada Author', email: 'ada@example.com' },
      timeout: 3600,
    },
  },
  'job.name': {
    what: 'What the job is called. Together with jobVersion it stands for one algorithm everywhere; the image is called after it. Names with capitals, or with a dash in front, are changed for the image.',
    example: 'cell-counter',
  },
  'job.jobVersion': {
    what: 'The version of the algorithm. Raise it when the same inputs may give other outputs.',
    example: '1.2.0',
  },
  'job.packageVersion': {
    what: "The version of the packaging: the manifest's texts and interface, the Dockerfile. The algorithm is the same in all of them. It becomes the image's tag.",
    example: '1.0.3',
  },
  'job.title': {
    what: 'A short name for people, as lists show it.',
    example: 'Cell counter',
  },
  'job.description': {
    what: 'What the job does, in a sentence or two.',
    example: 'Counts the cells of a raster and draws them.',
  },
  'job.tags': {
    what: 'Words by which the job can be found.',
    example: ['raster', 'count'],
    default: [],
  },
  'job.maintainer': {
    what: 'Who looks after the job.',
    example: { name: 'Ada Author', email: 'ada@example.com', organization: 'Example Survey' },
  },
  'job.maintainer.name': { what: 'Name of the person or the team.', example: 'Ada Author' },
  'job.maintainer.organization': { what: 'Where they work.', example: 'Example Survey' },
  'job.maintainer.email': { what: 'Where questions go.', example: 'ada@example.com' },
  'job.maintainer.url': { what: 'A page about the job or its makers.', example: 'https://example.com' },
  'job.maintainer.phone': { what: 'A telephone number.', example: '555-0100' },
  'job.timeout': {
    what: 'Seconds that the job may run. A hard limit: then it is stopped, and has failed. 0 and less are taken as no limit, with a warning.',
    example: 3600,
  },
  'job.resources': {
    what: 'What the job needs of the machine.',
    example: { scalar: [{ name: 'mem', value: 512, inputMultiplier: 2 }] },
    default: { scalar: [] },
  },
  'job.resources.scalar': {
    what: 'Amounts. cpus, mem, disk and sharedMem are known (Scale and Seedbed know gpus too); a resource of any other name is your own, and must be granted. Each amount is given to the job in the variable ALLOCATED_<NAME>.',
    example: [
      { name: 'cpus', value: 1.5 },
      { name: 'mem', value: 512, inputMultiplier: 2 },
    ],
  },
  'job.resources.scalar.name': {
    what: 'Which resource: cpus in cores; mem, disk and sharedMem in MiB; gpus in whole ones.',
    example: 'licences',
  },
  'job.resources.scalar.value': {
    what: 'How much of it, whatever the inputs are. Not negative.',
    example: 512,
  },
  'job.resources.scalar.inputMultiplier': {
    what: 'How much more for each MiB of all input files together: value + inputMultiplier × MiB of input.',
    example: 2,
    default: 0,
  },
  'job.errors': {
    what: 'What the exit codes of the job mean. 0 is success whatever stands here; an exit code without an entry is a failure of the job.',
    example: [{ code: 10, name: 'bad-raster', title: 'Bad raster', category: 'data' }],
    default: [],
  },
  'job.errors.code': { what: 'The exit code, 1 to 255.', example: 10 },
  'job.errors.name': {
    what: 'What the error is called. Unique; it may stand for the same error in later versions of the job too.',
    example: 'bad-raster',
  },
  'job.errors.title': { what: 'The error in a few words, for people.', example: 'Bad raster' },
  'job.errors.description': {
    what: 'What went wrong, and what could be done.',
    example: 'The raster cannot be read.',
  },
  'job.errors.category': {
    what: "Whose fault it is: the job's, or that of the data that it was given.",
    example: 'data',
  },
};
