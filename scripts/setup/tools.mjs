import { SetupError, say } from './report.mjs';
import { hasProgram, install, mayInstall } from './system.mjs';

/** Programs that tests run besides the engine: package of the same name → what it is for. */
const tools = {
  cwltool: 'judges and runs what `seed convert --to cwl` makes (48 MB, 15 s)',
  zsh: 'completes words by `seed completion zsh` (15 MB, 3 s)',
};

/** Every one of them is there, or is installed. */
export async function ensureTools() {
  const missing = Object.keys(tools).filter((name) => !hasProgram(name));
  if (missing.length > 0 && !mayInstall())
    throw new SetupError(
      `The tests need ${missing.map((name) => `${name}, which ${tools[name]}`).join('; ')}. Only root on Debian or Ubuntu ` +
        'can have them installed by this script; install them, and repeat.',
    );
  if (missing.length > 0) await install('test tools', missing);
  say('test tools', 'they are there');
}
