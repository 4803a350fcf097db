import { Readable } from 'node:stream';
import type { Client } from './client.ts';
import { inspectImage } from './inspect-image.ts';
import { jsonLines } from './json-lines.ts';
import { tarball } from './tarball.ts';

/** The image of namespace holders; another number for other contents. */
export const holderImage = 'seedbed/holder:1';

interface Machine {
  /** `e_machine` of the ELF header. */
  readonly elf: number;
  /** Waits for signals in a loop, for ever. */
  readonly code: readonly number[];
}

const machines: Readonly<Record<string, Machine>> = {
  // mov eax, 34 (pause); syscall; jmp back
  x86_64: { elf: 62, code: [0xb8, 0x22, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7] },
  // mov x0..x4, 0; mov x8, 73 (ppoll); svc 0; b back
  aarch64: {
    elf: 183,
    code: [
      0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800004, 0xd2800928, 0xd4000001, 0x17fffff9,
    ].flatMap(littleEndian),
  },
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
  if (await inspectImage(client, holderImage)) return holderImage;
  const archive = Readable.from(tarball([{ type: 'file', name: 'pause', content, mode: 0o755 }]), {
    objectMode: false,
  });
  // The tag within `repo`, because Podman 4.3 overlooks the parameter of its own.
  const options = { repo: holderImage, changes: ['ENTRYPOINT ["/pause"]'] };
  const stream = await client.docker.importImage(archive, options as never);
  for await (const { error } of jsonLines<{ error?: string }>(stream as unknown as Readable))
    if (error !== undefined) throw new Error(error);
  return holderImage;
}

/** An ELF executable with one segment, which starts at its first instruction. */
export function pauseProgram(architecture: string): Buffer | undefined {
  const machine =
    machines[architecture === 'arm64' ? 'aarch64' : architecture === 'amd64' ? 'x86_64' : architecture];
  if (!machine) return undefined;
  const [fileHeader, programHeader, base] = [64, 56, 0x400000];
  const start = fileHeader + programHeader;
  const size = start + machine.code.length;
  const file = Buffer.alloc(size);
  file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(machine.elf, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(base + start), 24); // entry
  file.writeBigUInt64LE(BigInt(fileHeader), 32); // program headers
  file.writeUInt16LE(fileHeader, 52);
  file.writeUInt16LE(programHeader, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // PT_LOAD
  file.writeUInt32LE(5, 68); // readable, executable
  file.writeBigUInt64LE(BigInt(base), 80);
  file.writeBigUInt64LE(BigInt(base), 88);
  file.writeBigUInt64LE(BigInt(size), 96);
  file.writeBigUInt64LE(BigInt(size), 104);
  file.writeBigUInt64LE(0x10000n, 112); // alignment: the largest page of arm64
  file.set(machine.code, start);
  return file;
}

function littleEndian(word: number): number[] {
  return [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
}
