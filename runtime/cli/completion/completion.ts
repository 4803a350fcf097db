import type { Command } from 'commander';
import { SeedbedError } from '../../errors/index.ts';
import { readManifest } from '../../manifest/index.ts';
import { write } from '../progress/writer.ts';
import { complete } from './complete.ts';
import { scripts, shells } from './scripts.ts';

/** `seed completion SHELL`. @returns 0 @throws invalid-usage for another shell than bash and zsh */
export async function printCompletion(words: readonly string[]): Promise<0> {
  const shell = shells.find((one) => one === words[0]);
  if (shell === undefined || words.length > 1)
    throw new SeedbedError('invalid-usage', {
      problem: `seed completion takes a shell, ${shells.join(' or ')}`,
    });
  await write(process.stdout, scripts[shell]);
  return 0;
}

/** What the scripts ask for: `@files` where paths may stand, then each word, a tab and what it is. @returns 0 */
export async function printCandidates(root: Command, words: readonly string[]): Promise<0> {
  const manifestOf = async (directory: string) => {
    try {
      return (await readManifest(directory)).manifest;
    } catch {
      return undefined;
    }
  };
  const found = await complete(root, words, manifestOf);
  const lines = found.words.map(({ word, description }) => `${word}\t${description}\n`);
  await write(process.stdout, (found.files ? '@files\n' : '') + lines.join(''));
  return 0;
}
