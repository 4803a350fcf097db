import type { Assembler } from './steps.ts';

const syscall = [0x0f, 0x05];
/** mov eax | edi | esi | edx, value */
const mov = (opcode: number, value: number) => [opcode, ...word(value)];
const [eax, edi, esi, edx] = [0xb8, 0xbf, 0xbe, 0xba];

export const x86: Assembler = {
  write: (descriptor, address, length) =>
    Buffer.from([
      ...mov(eax, 1),
      ...mov(edi, descriptor),
      ...mov(esi, address),
      ...mov(edx, length),
      ...syscall,
    ]),
  // xor esi, esi
  sleep: (address) => Buffer.from([...mov(eax, 35), ...mov(edi, address), 0x31, 0xf6, ...syscall]),
  exit: (code) => Buffer.from([...mov(eax, 231), ...mov(edi, code), ...syscall]),
  // getrandom(rsp, 1, 0); test byte [rsp], 1; jnz
  skipByChance: (bytes) =>
    Buffer.from([
      ...mov(eax, 318),
      ...[0x48, 0x89, 0xe7],
      ...mov(esi, 1),
      ...[0x31, 0xd2],
      ...syscall,
      ...[0xf6, 0x04, 0x24, 0x01],
      ...[0x0f, 0x85, ...word(bytes)],
    ]),
};

function word(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}
