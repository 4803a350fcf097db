import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { writeFiles } from './support/cli-files.ts';
import { manifestOf } from './support/cli-jobs.ts';
import { commandsIn, testInstallation } from './support/cli.ts';

const opened = testInstallation();

/** A directory with a job, and `seed` and `seed-run` in PATH. */
async function workplace(): Promise<{ cwd: string; env: NodeJS.ProcessEnv }> {
  const seedbed = await opened;
  const cwd = await seedbed.directory();
  const manifest = manifestOf({
    files: [{ name: 'IN_ONE' }, { name: 'in-two' }],
    settings: [{ name: 'MODE' }],
  });
  await writeFiles(cwd, {
    'my-job/seed.manifest.json': JSON.stringify(manifest),
    'my-picture.png': '',
  });
  const bin = await commandsIn(cwd);
  return { cwd, env: { ...process.env, ...seedbed.env, TERM: 'xterm', PATH: `${bin}:${process.env.PATH}` } };
}

/** What a shell offers for the last of the words. */
async function offered(shell: 'bash' | 'zsh', line: string): Promise<string[]> {
  const { cwd, env } = await workplace();
  const script = shell === 'bash' ? bash : zsh;
  const { stdout } = await promisify(execFile)(
    shell,
    [...(shell === 'zsh' ? ['-f'] : ['--norc']), '-c', script, shell, line],
    { cwd, env, timeout: 60_000 },
  );
  return stdout
    .split('\n')
    .filter((word) => word !== '')
    .sort();
}

/** As readline does: the words are parted at spaces and at "=", and files come in where the function offers nothing. */
const bash = `
  source <(seed completion bash)
  line=$1
  read -ra COMP_WORDS <<< "$(sed 's/=/ = /g' <<< "$line")"
  [[ $line == *[\\ =] ]] && COMP_WORDS+=("")
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  compopt() { :; }
  _seed_complete
  ((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}" || compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"
  complete -p seed seed-run > /dev/null`;

/** A terminal of zsh's own, in which Ctrl-D lists what is offered. */
const zsh = `
  zmodload zsh/zpty
  zpty shell "zsh -fi"
  zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; LISTMAX=0; stty columns 200; setopt no_beep; zstyle ":completion:*" list-separator " :"; source <(seed completion zsh); print READY'
  zpty -r shell out '*READY*READY*2004h*' # its line editor reads, and not the terminal
  zpty -n -w shell "$1"$'\\C-d'
  list=$'*\\e\\\\[J[a-zA-Z-]*\\e\\\\[(|[0-9])A*' out= chunk= # over which the cursor goes up again
  until [[ $out == $~list ]]; do zpty -rt shell chunk && out+=$chunk || sleep 0.05; done
  print -r -- "$out" | tr -d '\\r' | sed 's/\\x1b\\[[0-9;?]*[A-Za-z]//g' | tr -s ' ' '\\n'`;

describe.each(['bash', 'zsh'] as const)('completion in %s', (shell) => {
  it('offers commands, options, choices, names of the manifest and files', async () => {
    const [commands, options, old, choices, actions, inner, names, settings, files, run] = await Promise.all([
      offered(shell, 'seed pu'),
      offered(shell, 'seed run my-job --re'),
      offered(shell, 'seed run my-job -in'),
      offered(shell, 'seed run my-job --pull '),
      offered(shell, 'seed dag '),
      offered(shell, 'seed batch can'),
      offered(shell, 'seed run my-job -inputs '),
      offered(shell, 'seed run my-job -e M'),
      offered(shell, 'seed run my-'),
      offered(shell, 'seed-run my-job -i in'),
    ]);
    for (const [words, expected] of [
      [commands, ['publish', 'pull']],
      [options, ['--repetitions', '--resource']],
      [old, ['-in', '-inputs']],
      [choices, ['always', 'missing', 'never']],
      [actions, ['diff', 'encode']],
      [inner, ['cancel']],
      [names, ['IN_ONE=', 'in-two=']],
      [settings, ['MODE=']],
      [files, ['my-job', 'my-picture.png']],
      [run, ['in-two=']],
    ] as const)
      for (const word of expected) expect(words.join(' ')).toContain(word);
    expect(choices.join(' ')).not.toContain('my-picture.png');
  });

  it('offers files behind the =', async () => {
    expect((await offered(shell, 'seed run my-job -i IN_ONE=my-p')).join(' ')).toContain('my-picture.png');
  });
});

it('is refused for another shell', async () => {
  expect(await (await opened).run(['completion', 'fish'])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('bash or zsh'),
  });
});
