import { SetupError, say } from './report.mjs';
import { hasProgram, install, mayInstall } from './system.mjs';

/** `cwltool`, which judges and runs what `seed convert --to cwl` makes: there, or installed (48 MB, 15 s). */
export async function ensureCwltool() {
  if (hasProgram('cwltool')) return say('cwltool', 'it is there');
  if (!mayInstall())
    throw new SetupError(
      'The tests of `seed convert` need cwltool, and only root on Debian or Ubuntu can have it installed by this script. ' +
        'Install it (`pip install cwltool`), and repeat.',
    );
  await install('cwltool', ['cwltool']);
}
