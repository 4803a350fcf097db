import { describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import { changed, completeManifest } from './complete-manifest.fixture.ts';
import { judgeManifestText, loadManifest, parseManifest } from './parse.ts';

const text = JSON.stringify(completeManifest, null, 2);

describe('a manifest text', () => {
  it('loads, with or without a byte order mark', () => {
    for (const written of [text, `\uFEFF${text}`]) {
      const { manifest, warnings, text: kept } = loadManifest(written, 'here');
      expect(manifest.job.name).toBe('cell-counter');
      expect(warnings).toEqual([]);
      expect(kept).toBe(text);
    }
  });

  it.each([
    ['', 'line 1, column 1: the text ends where a value should stand'],
    [text.replace('3600,', '3600'), 'line 21, column 5: a comma or } is missing before "'],
    [
      text.replace('"timeout": 3600', '"timeout": 3600, // an hour'),
      'column 22: a member name in double quotes',
    ],
    [`{"a": ${'['.repeat(1000)}`, 'nested more than 64 levels deep'],
    [`"${'x'.repeat(2 ** 20)}"`, 'it has 1048578 bytes, and a manifest has at most 1048576 (1 MiB)'],
  ])('that is not JSON is refused with the place (%#)', (broken, words) => {
    expect(judgeManifestText(broken).errors).toEqual([
      { name: 'JSON_VALIDATION_ERROR', path: '', description: expect.stringContaining(words) },
    ]);
    const parse = (): unknown => parseManifest(broken, 'dir/seed.manifest.json');
    expect(parse).toThrow('dir/seed.manifest.json');
    expect(parse).toThrow(words);
    expect(parse).toThrow(SeedbedError);
  });

  it('gets a warning for a member that stands twice', () => {
    const { is_valid, warnings } = judgeManifestText(text.replace('"timeout"', '"timeout": 5,\n"timeout"'));
    expect(is_valid).toBe(true);
    expect(warnings).toEqual([
      {
        name: 'DUPLICATE_MEMBER',
        path: 'job.timeout',
        description: 'job.timeout stands twice, again in line 21, column 1; the last one counts',
      },
    ]);
  });

  it('is refused with all that is wrong in one message', () => {
    const broken = changed('job.name', 'a b', changed('job.interface.mounts[0].path', 'x') as object);
    expect(() => loadManifest(JSON.stringify(broken), 'my/job')).toThrow(
      'The manifest of my/job breaks the Seed standard: job.name must be a name of letters, digits and -, not "a b"; ' +
        'job.interface.mounts[0].path is "x": a mount path must be absolute.',
    );
  });

  it('is refused in a message of bounded length', () => {
    const files = Array.from({ length: 5000 }, () => ({ name: 'A', pattern: '/' }));
    const broken = JSON.stringify(changed('job.interface.outputs.files', files));
    expect(() => loadManifest(broken, 'x')).toThrow(/; and 9949 more\.$/);
  });

  it.each([
    ['inputs', { name: 'A' }],
    ['outputs', { name: 'A', pattern: '${' }],
  ])('of a megabyte of hostile %s is judged in bounded time', (kind, file) => {
    const many = JSON.stringify(
      Array.from({ length: 15_000 }, (_, i) => ({ ...file, name: `${file.name}${i}` })),
    );
    const command = Array.from({ length: 20_000 }, (_, i) => `$B${i}`).join(' ');
    const hostile = changed(
      `job.interface.${kind}.files`,
      JSON.parse(many),
      changed('job.interface.command', command) as object,
    );
    const { warnings } = judgeManifestText(JSON.stringify(hostile));
    expect(warnings.filter(({ name }) => name === 'UNKNOWN_VARIABLE')).toHaveLength(20);
  });
});
