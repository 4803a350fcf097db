import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';
import { allowedImports, outside, rooms } from './rooms.js';

/** Imports climb out of a room as `../<room>/` or `../../<folder>/`; all that the table does not allow are errors. */
function roomRule(room) {
  const allowed = allowedImports(room);
  const barredRooms = Object.keys(rooms).filter((other) => !allowed.has(other));
  const barredOutside = outside.filter((folder) => !allowed.has(folder));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${barredRooms.join('|')})/`,
      message: `runtime/${room} may not import that room: see rooms.js.`,
    },
  ];
  if (barredOutside.length > 0)
    patterns.push({
      regex: `^(\\.\\./)+(${barredOutside.join('|')})/`,
      message: `runtime/${room} may not import that folder: see rooms.js.`,
    });
  if (room !== 'engine')
    patterns.push({ regex: '^dockerode$', message: 'Only runtime/engine talks to the container engine.' });
  if (!['scheduler', 'webhooks', 'catalog', 'ingest'].includes(room))
    patterns.push({
      regex: '^(\\.\\./)+secrets/(read|seal)\\.ts$',
      message: 'Only what drives executions, signs messages or opens workspaces reads the values of secrets.',
    });
  return {
    files: [`runtime/${room}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns }],
      'no-restricted-syntax': ['error', ...patterns.map(dynamicImport)],
    },
  };
}

/** `no-restricted-imports` looks at import declarations only; `import()` is held to the same patterns. */
function dynamicImport({ regex, message }) {
  return { selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`, message };
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', 'sample-jobs/', 'coverage/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      'no-control-regex': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': [
        'error',
        {
          object: 'AbortSignal',
          property: 'any',
          message: 'The garbage collector takes away its timeouts: use joinSignals of runtime/signals.',
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*'] }],
      'jest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['itLong'] }],
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
    },
  },
  ...Object.keys(rooms).map(roomRule),
);
