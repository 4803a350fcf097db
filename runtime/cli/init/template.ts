/** Files of a new job directory by their path; a script is executable. */
export interface NewFiles {
  readonly [path: string]: { readonly text: string; readonly executable?: boolean };
}

/** What a new job is called. */
export interface NewJob {
  readonly name: string;
  readonly title: string;
}

/** A job that runs as it stands: it copies its input and reports the number of its lines. Pure. */
export function templateFiles(job: NewJob): NewFiles {
  return {
    'seed.manifest.json': { text: `${JSON.stringify(manifest(job), null, 2)}\n` },
    Dockerfile: { text: dockerfile },
    'run.sh': { text: script, executable: true },
    'inputs/INPUT_FILE/example.txt': { text: 'one\ntwo\nthree\n' },
  };
}

function manifest({ name, title }: NewJob): unknown {
  return {
    seedVersion: '1.0.0',
    job: {
      name,
      jobVersion: '1.0.0',
      packageVersion: '1.0.0',
      title,
      description: 'Copies its input file and counts the lines. Say here what your job does.',
      tags: [],
      maintainer: { name: 'Your Name', email: 'you@example.com' },
      timeout: 3600,
      interface: {
        command: '${INPUT_FILE} ${OUTPUT_DIR}',
        inputs: { files: [{ name: 'INPUT_FILE', required: true }] },
        outputs: {
          files: [{ name: 'OUTPUT_FILE', pattern: '*_output.*', required: true }],
          json: [{ name: 'LINES', type: 'integer', required: true }],
        },
      },
      resources: {
        scalar: [
          { name: 'cpus', value: 1 },
          { name: 'mem', value: 128 },
          { name: 'disk', value: 1, inputMultiplier: 2 },
        ],
      },
      errors: [
        {
          code: 10,
          name: 'empty-input',
          title: 'Empty input',
          description: 'The input file has no content.',
          category: 'data',
        },
      ],
    },
  };
}

const dockerfile = `FROM debian:bookworm-slim
COPY run.sh /app/
ENTRYPOINT ["/bin/sh", "/app/run.sh"]
`;

const script = `#!/bin/sh
# Called with the arguments of "command" in seed.manifest.json: the input file, and where outputs go.
set -eu
input=$1
output_dir=$2

if [ ! -s "$input" ]; then
  echo "$input is empty" >&2
  exit 10 # "empty-input" among the errors of the manifest
fi

file=$(basename "$input")
name=\${file%.*}
[ -n "$name" ] || name=$file
extension=\${file##*.}
[ "$extension" != "$file" ] || extension=txt

# An output that the pattern *_output.* finds, and a value for the JSON output LINES.
cp "$input" "$output_dir/\${name}_output.$extension"
printf '{"LINES": %d}\\n' "$(wc -l < "$input")" > "$output_dir/seed.outputs.json"
`;
