/** Where a program is loaded. */
const base = 0x400000;
const [fileHeader, programHeader] = [64, 56];
/** Address of the first byte of a program. */
export const firstAddress = base + fileHeader + programHeader;

/** Architectures that programs can be written for, with the `e_machine` of their ELF header. */
export const machines = { x86_64: 62, aarch64: 183 } as const;
export type Machine = keyof typeof machines;

/** @param architecture the engine's, as `uname -m` or as Go says it; undefined for one that no program can be written for */
export function machineOf(architecture: string): Machine | undefined {
  const name = { arm64: 'aarch64', amd64: 'x86_64' }[architecture] ?? architecture;
  return Object.hasOwn(machines, name) ? (name as Machine) : undefined;
}

/** A static ELF executable with one segment, readable and executable, which starts at the first byte of its content. */
export function elfExecutable(machine: Machine, content: Uint8Array): Buffer {
  const start = fileHeader + programHeader;
  const size = start + content.length;
  const file = Buffer.alloc(size);
  file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(machines[machine], 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(firstAddress), 24); // entry
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
  file.set(content, start);
  return file;
}
