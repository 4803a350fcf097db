import { diagnosticImage } from '../diagnostic-image.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import { ensureOwnImage } from './own-image.ts';
import { aarch64 } from './programs/aarch64.ts';
import { diagnosticPrograms } from './programs/diagnostic.ts';
import { elfExecutable, firstAddress, machineOf } from './programs/elf.ts';
import { assemble } from './programs/steps.ts';
import { x86 } from './programs/x86-64.ts';

const assemblers = { x86_64: x86, aarch64 };

/** The programs of the image, by their names; undefined for an architecture that we write none for. */
export function diagnosticFiles(architecture: string): Record<string, Buffer> | undefined {
  const machine = machineOf(architecture);
  if (!machine) return undefined;
  const files = Object.entries(diagnosticPrograms).map(([name, steps]): [string, Buffer] => [
    name,
    elfExecutable(machine, assemble(steps, assemblers[machine], firstAddress)),
  ]);
  return Object.fromEntries(files);
}

/** @param architecture the engine's @throws pull-refused for an architecture that we write no programs for */
export async function ensureDiagnosticImage(client: Client, architecture: string): Promise<void> {
  const files = diagnosticFiles(architecture);
  if (!files)
    throw new SeedbedError('pull-refused', {
      image: diagnosticImage,
      reason: `it is made here, and not for ${architecture}`,
    });
  await ensureOwnImage(client, diagnosticImage, files, []);
}
