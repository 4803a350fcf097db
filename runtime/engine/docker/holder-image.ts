import type { Client } from './client.ts';
import { ensureOwnImage } from './own-image.ts';
import { elfExecutable, type Machine, machineOf } from './programs/elf.ts';

/** The image of namespace holders; another number for other contents. */
export const holderImage = 'seedbed/holder:1';

/** Waits for signals in a loop, for ever. */
const pause: Readonly<Record<Machine, readonly number[]>> = {
  // mov eax, 34 (pause); syscall; jmp back
  x86_64: [0xb8, 0x22, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7],
  // mov x0..x4, 0; mov x8, 73 (ppoll); svc 0; b back
  aarch64: [
    0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800004, 0xd2800928, 0xd4000001, 0x17fffff9,
  ].flatMap(littleEndian),
};

/**
 * Makes sure that the engine has the image whose only program does nothing, without a registry: a static ELF executable
 * of about 150 bytes, written here.
 * @param architecture the engine's, as `uname -m`
 * @returns its tag; undefined for an architecture that we have no program for
 */
export async function ensureHolderImage(client: Client, architecture: string): Promise<string | undefined> {
  const content = pauseProgram(architecture);
  if (!content) return undefined;
  await ensureOwnImage(client, holderImage, { pause: content }, ['ENTRYPOINT ["/pause"]']);
  return holderImage;
}

/** An ELF executable with one segment, which starts at its first instruction. */
export function pauseProgram(architecture: string): Buffer | undefined {
  const machine = machineOf(architecture);
  return machine && elfExecutable(machine, Uint8Array.from(pause[machine]));
}

function littleEndian(word: number): number[] {
  return [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
}
