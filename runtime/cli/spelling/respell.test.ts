import { Command } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { notGivenWith, repeated, spelt } from './old-words.ts';
import { respell } from './respell.ts';

const command = new Command('run')
  .addOption(spelt('--image-name <IMAGE>', '', 'in', 'imageName'))
  .addOption(spelt('-i, --input <NAME=PATH>', '', 'inputs').argParser(repeated))
  .addOption(spelt('-o, --out-dir <DIR>', '', 'outDir'))
  .addOption(spelt('--package-minor', '', 'pm'))
  .option('-q, --quiet', '')
  .option('-v, --verbose', '')
  .option('-P, --package-major', '')
  .option('-p, --password <PASSWORD>', '')
  .option('-M, --manifest <FILE>', '')
  .option('-s, --schema <FILE>', '')
  .option('--rm', '');
notGivenWith(command, [''], '--schema');
notGivenWith(command, ['', '.'], '--manifest');

describe('options as seed-cli wrote them', () => {
  it.each([
    ['one dash and a word', ['-imageName', 'x'], ['--image-name=x']],
    ['a short word', ['-in', 'x'], ['--image-name=x']],
    ['with =', ['-in=x', '-inputs=A=b=c'], ['--image-name=x', '--input=A=b=c']],
    ['two dashes before the old word', ['--imageName', 'x', '--in=y'], ['--image-name=x', '--image-name=y']],
    [
      'our own',
      ['--image-name', 'x', '-i', 'A=b', '--input', 'C=d'],
      ['--image-name=x', '--input=A=b', '--input=C=d'],
    ],
    ['one dash before our own', ['-image-name', 'x', '-quiet'], ['--image-name=x', '--quiet']],
    ['several short ones together', ['-qv'], ['-qv']],
    [
      'capitals are other options',
      ['-P', '-p', 'word', '-pm'],
      ['--package-major', '--password=word', '--package-minor'],
    ],
    ['truth values', ['-rm=true', '-q=false', '-P=1', '--quiet=T'], ['--rm', '--package-major', '--quiet']],
    ['values that look like options', ['-o', '-q', '-i', '--'], ['--out-dir=-q', '--input=--']],
    ['an empty value', ['-o', '', '-i='], ['--out-dir=', '--input=']],
    ['values that say nothing', ['-M', '.', '-M=', '-s', '', '--schema=', '-q'], ['--quiet']],
    ['those of other options', ['-s', '.', '-o', '.'], ['--schema=.', '--out-dir=.']],
    ['words that are no options', ['target', '-', '-q'], ['target', '-', '--quiet']],
    ['nothing behind --', ['--', '-in', 'x'], ['--', '-in', 'x']],
    ['a value that is missing, for commander to complain of', ['-o'], ['--out-dir']],
  ])('%s', (_, written, read) => {
    expect(respell(command, written)).toEqual(read);
  });

  it.each([
    ['-imagename', /Unknown option -imagename \(did you mean -imageName\?\)/],
    ['--imagname', /Unknown option --imagname \(did you mean --image-name\?\)/],
    ['-inptus', /did you mean -inputs\?/],
    ['-outdri', /did you mean -outDir\?/],
    ['-ou', /^Unknown option -ou \(did you mean -outDir\?\)/],
    ['-image', /^Unknown option -image \(did you mean -imageName\?\)/],
    ['-outDirectory', /^Unknown option -outDirectory \(did you mean -outDir\?\)/],
    ['-o/tmp/x', /^Unknown option -o\/tmp\/x \(did you mean -o VALUE, with a space\?\)/],
    ['-iA=b', /^Unknown option -iA \(did you mean -i VALUE, with a space\?\)/],
    ['-pass', /^Unknown option -pass \(did you mean -password\?\)/],
    ['-phunter2', /^Unknown option -p\.\.\. \(did you mean -p VALUE, with a space\?\)/],
    ['-passw0rd', /^Unknown option -p\.\.\. \(did you mean -password\?\)/],
    ['-qo', /^Unknown option -qo /],
    ['--nothing-like-it', /Unknown option --nothing-like-it \(run --help lists its options\)/],
    ['-rm=maybe', /^-rm takes true or false behind =\.$/],
    ['--quiet=secret', /^((?!secret)[^])*$/],
  ])('%s', (written, message) => {
    expect(() => respell(command, [written])).toThrow(message);
  });
});
