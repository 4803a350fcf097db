/** The jobs of Scale by which a service is tried out: its names, and what they do. */
export const diagnosticKinds = ['bake', 'hello', 'roulette', 'count'] as const;
export type DiagnosticKind = (typeof diagnosticKinds)[number];

interface DiagnosticType {
  readonly title: string;
  readonly description: string;
  readonly iconCode: string;
  /** Seconds. */
  readonly timeout: number;
  readonly errors?: readonly object[];
}

const types: Readonly<Record<DiagnosticKind, DiagnosticType>> = {
  bake: {
    title: 'Scale Bake',
    description: 'Does nothing for 15 minutes, as a job that takes its time.',
    iconCode: 'f1fd',
    timeout: 1800,
  },
  hello: {
    title: 'Scale Hello',
    description: 'Says hello, to try how many jobs get through.',
    iconCode: 'f118',
    timeout: 600,
  },
  roulette: {
    title: 'Scale Roulette',
    description: 'Completes or fails by chance.',
    iconCode: 'f0d6',
    timeout: 600,
    errors: [
      {
        code: 5,
        name: 'landed-on-red',
        title: 'Landed on red',
        description: 'The wheel landed on red.',
        category: 'job',
      },
    ],
  },
  count: {
    title: 'Scale Count',
    description: 'Counts to 99 on stdout, on stderr and on both, to try the order of logs.',
    iconCode: 'f162',
    timeout: 600,
  },
};

export const diagnosticVersion = '1.0.0';

/** The manifest of a kind, as an author writes it, and what else is to be known of its job type. */
export function diagnosticType(kind: DiagnosticKind) {
  const { title, description, iconCode, timeout, errors } = types[kind];
  const name = `scale-${kind}`;
  const manifest = {
    seedVersion: '1.0.0',
    job: {
      name,
      jobVersion: diagnosticVersion,
      packageVersion: '1.0.0',
      title,
      description,
      maintainer: { name: 'Seedbed', email: 'seedbed@example.com' },
      timeout,
      interface: { command: `/${kind}` },
      resources: {
        scalar: [
          { name: 'cpus', value: 0.1 },
          { name: 'mem', value: 16 },
          { name: 'disk', value: 0 },
        ],
      },
      ...(errors && { errors }),
    },
  };
  return { name, manifest, iconCode, configuration: { priority: 25 } };
}
