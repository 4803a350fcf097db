/** Every member of the standard, in one manifest that deserves no warning. */
export const completeManifest = {
  seedVersion: '1.0.0',
  job: {
    name: 'cell-counter',
    jobVersion: '1.2.0',
    packageVersion: '1.0.3',
    title: 'Cell counter',
    description: 'Counts the cells of a raster and draws them.',
    tags: ['raster', 'count'],
    maintainer: {
      name: 'Ada Author',
      organization: 'Example Survey',
      email: 'ada@example.com',
      url: 'https://example.com',
      phone: '555-0100',
    },
    timeout: 3600,
    interface: {
      command: '${INPUT_FILE} ${OUTPUT_DIR} ${VERSION} ${EXTRA_FILES/#/-x } --cpus $ALLOCATED_CPUS',
      inputs: {
        files: [
          {
            name: 'INPUT_FILE',
            required: true,
            mediaTypes: ['image/tiff', 'image/x-hdf5-image'],
            partial: true,
          },
          { name: 'extra-files', required: false, multiple: true },
        ],
        json: [{ name: 'threshold', type: 'number', required: false }],
      },
      outputs: {
        files: [
          { name: 'drawings', mediaType: 'image/png', multiple: true, pattern: 'drawings/cell-*.png' },
          { name: 'table', mediaType: 'text/csv', pattern: 'table[0-9].csv', required: false },
        ],
        json: [
          { name: 'cell_count', key: 'cellCount', type: 'integer' },
          { name: 'remark', type: 'string', required: false },
        ],
      },
      mounts: [
        { name: 'REFERENCE', path: '/the/container/path', mode: 'ro' },
        { name: 'SCRATCH', path: '/scratch', mode: 'rw' },
        { name: 'MODELS', path: '/models' },
      ],
      settings: [{ name: 'VERSION' }, { name: 'DB_HOST', secret: false }, { name: 'DB_PASS', secret: true }],
    },
    resources: {
      scalar: [
        { name: 'cpus', value: 1.5 },
        { name: 'mem', value: 1024 },
        { name: 'sharedMem', value: 256 },
        { name: 'gpus', value: 1 },
        { name: 'disk', value: 1000, inputMultiplier: 4 },
      ],
    },
    errors: [
      {
        code: 1,
        name: 'bad-raster',
        title: 'Bad raster',
        description: 'It cannot be read.',
        category: 'data',
      },
      { code: 2, name: 'gave-up' },
    ],
  },
} as const;

/** The least that the standard accepts. */
export const leastManifest = {
  seedVersion: '1.0.0',
  job: {
    name: 'least',
    jobVersion: '0.1.0',
    packageVersion: '0.1.0',
    title: '',
    description: '',
    maintainer: { name: '', email: 'a@b' },
    timeout: 1,
  },
} as const;

/**
 * A copy of a manifest with one member set, by its path as findings have it; `undefined` removes it, an index at a list's end
 * appends.
 */
export function changed(path: string, value: unknown, manifest: object = completeManifest): unknown {
  const copy = structuredClone(manifest) as Record<string, unknown>;
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop()!;
  let part = copy;
  for (const key of keys) part = (part[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(part, last);
  else part[last] = value;
  return copy;
}
