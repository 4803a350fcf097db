import type { SpecNote } from './note.ts';

const inputName =
  'What the input is called. Its variable is the name in upper case with - turned into _; no other input or setting may have the same one.';
const outputName = 'What the output is called. Unique among all outputs, files and JSON.';
const jsonType = 'The JSON type of the value.';

/** The fields of a manifest's interface, by their paths; a list and its items share one. */
export const interfaceNotes: Readonly<Record<string, SpecNote>> = {
  'job.interface': {
    what: 'What goes into the job, what comes out of it, and how its container is called.',
    example: {
      command: '${INPUT_IMAGE} ${OUTPUT_DIR}',
      inputs: { files: [{ name: 'INPUT_IMAGE' }] },
      outputs: { files: [{ name: 'DRAWING', pattern: '*.png' }] },
    },
    default: {
      inputs: { files: [], json: [] },
      outputs: { files: [], json: [] },
      mounts: [],
      settings: [],
    },
  },
  'job.interface.command': {
    what: "The arguments of the container, in place of the image's CMD. Variables are expanded by Bash's rules: ${V}, ${V:-word}, ${V/#/-d }; quotes keep blanks together. No shell runs it, so > and | are text.",
    example: '${INPUT_IMAGE} ${OUTPUT_DIR} ${THRESHOLD/#/--threshold }',
    otherwise: "the image's own CMD",
  },
  'job.interface.inputs': {
    what: 'What the job takes.',
    example: { files: [{ name: 'INPUT_IMAGE' }], json: [{ name: 'THRESHOLD', type: 'number' }] },
    default: { files: [], json: [] },
  },
  'job.interface.inputs.files': {
    what: 'Files that the job reads, and must not change. It finds the path of each in a variable.',
    example: [{ name: 'INPUT_IMAGE', mediaTypes: ['image/tiff'] }],
    default: [],
  },
  'job.interface.inputs.files.name': { what: inputName, example: 'INPUT_IMAGE' },
  'job.interface.inputs.files.required': {
    what: 'Whether the job needs it. The variable of an input that was not given is unset.',
    example: false,
  },
  'job.interface.inputs.files.mediaTypes': {
    what: 'Kinds of files that it takes (IANA media types). A hint: other files are taken too.',
    example: ['image/tiff', 'image/png'],
    default: [],
  },
  'job.interface.inputs.files.multiple': {
    what: 'Whether it takes several files. Then the variable has the path of a directory with all of them immediately in it, also when it is one file.',
    example: true,
  },
  'job.interface.inputs.files.partial': {
    what: 'Whether the job reads only parts of the file, which then need not be copied. A hint.',
    example: true,
  },
  'job.interface.inputs.json': {
    what: 'Values that the job takes. It finds the text of each in a variable: strings bare, all else as JSON.',
    example: [{ name: 'THRESHOLD', type: 'number', required: false }],
    default: [],
  },
  'job.interface.inputs.json.name': { what: inputName, example: 'THRESHOLD' },
  'job.interface.inputs.json.type': { what: jsonType, example: 'number' },
  'job.interface.inputs.json.required': {
    what: 'Whether the job needs it. The variable of an input that was not given is unset.',
    example: false,
  },
  'job.interface.outputs': {
    what: 'What the job leaves behind.',
    example: {
      files: [{ name: 'DRAWINGS', pattern: 'cell-*.png', multiple: true }],
      json: [{ name: 'cell_count', key: 'cellCount', type: 'integer' }],
    },
    default: { files: [], json: [] },
  },
  'job.interface.outputs.files': {
    what: 'Files in OUTPUT_DIR that are products of the job. Metadata sidecars and seed.outputs.json never are.',
    example: [{ name: 'DRAWINGS', mediaType: 'image/png', pattern: 'cell-*.png', multiple: true }],
    default: [],
  },
  'job.interface.outputs.files.name': { what: outputName, example: 'DRAWINGS' },
  'job.interface.outputs.files.pattern': {
    what: 'Which files, relative to OUTPUT_DIR: *, ?, [a-z], [!a-z], and directories by name. Nothing is searched recursively, and a leading dot is matched by a dot only.',
    example: 'drawings/cell-*.png',
  },
  'job.interface.outputs.files.mediaType': {
    what: 'The kind of the files (an IANA media type).',
    example: 'image/png',
    otherwise: "taken from the file's name",
  },
  'job.interface.outputs.files.multiple': {
    what: 'Whether several files may match. Without it, a second one is a failure.',
    example: true,
  },
  'job.interface.outputs.files.required': {
    what: 'Whether a job that left none has failed.',
    example: false,
  },
  'job.interface.outputs.json': {
    what: 'Values that the job writes into the file seed.outputs.json in OUTPUT_DIR.',
    example: [{ name: 'cell_count', key: 'cellCount', type: 'integer' }],
    default: [],
  },
  'job.interface.outputs.json.name': { what: outputName, example: 'cell_count' },
  'job.interface.outputs.json.key': {
    what: 'The member of seed.outputs.json that has the value. Case-sensitive.',
    example: 'cellCount',
    otherwise: 'the name of the output',
  },
  'job.interface.outputs.json.type': { what: jsonType, example: 'integer' },
  'job.interface.outputs.json.required': {
    what: 'Whether a job that left no value has failed.',
    example: false,
  },
  'job.interface.mounts': {
    what: 'Directories of the platform that the container sees, such as reference data.',
    example: [{ name: 'REFERENCE', path: '/the/reference', mode: 'ro' }],
    default: [],
  },
  'job.interface.mounts.name': {
    what: 'What the mount is called, for whoever says which directory it is. Unique among mounts.',
    example: 'REFERENCE',
  },
  'job.interface.mounts.path': {
    what: "Where the container has it: absolute, without .., clear of the platform's own directories.",
    example: '/the/reference',
  },
  'job.interface.mounts.mode': { what: 'Whether the job may write into it.', example: 'rw' },
  'job.interface.settings': {
    what: 'Values that belong to the installation and not to one run, such as an address or a password. The job finds each in a variable.',
    example: [{ name: 'DB_HOST' }, { name: 'DB_PASS', secret: true }],
    default: [],
  },
  'job.interface.settings.name': {
    what: 'What the setting is called. Its variable is the name in upper case with - turned into _; no other setting or input may have the same one.',
    example: 'API_ADDRESS',
  },
  'job.interface.settings.secret': {
    what: 'Whether the value is to be kept secret: stored safely, shown nowhere.',
    example: true,
  },
};
