import type { Assembler } from './steps.ts';

const svc = 0xd4000001;
/** movz and movk: 32 bits of a register. */
const set = (register: number, value: number) => [
  0xd2800000 + (value & 0xffff) * 32 + register,
  0xf2a00000 + (value >>> 16) * 32 + register,
];
const system = (call: number) => [...set(8, call), svc];

export const aarch64: Assembler = {
  write: (descriptor, address, length) =>
    code(...set(0, descriptor), ...set(1, address), ...set(2, length), ...system(64)),
  sleep: (address) => code(...set(0, address), ...set(1, 0), ...system(101)),
  exit: (status) => code(...set(0, status), ...system(94)),
  // sub sp, sp, 16; mov x0, sp; getrandom(x0, 1, 0); ldrb w0, [sp]; tbnz w0, 0
  skipByChance: (bytes) =>
    code(
      ...[0xd10043ff, 0x910003e0],
      ...[...set(1, 1), ...set(2, 0), ...system(278)],
      ...[0x394003e0, 0x37000000 + (bytes / 4 + 1) * 32],
    ),
};

function code(...instructions: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(instructions.length * 4);
  instructions.forEach((instruction, at) => bytes.writeUInt32LE(instruction, at * 4));
  return bytes;
}
