/** What the archives that we send hold. Names are relative; everything belongs to root. */
export interface TarHeader {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits. */
  readonly mode: number;
  /** Bytes; 0 except for files. */
  readonly size: number;
  /** Where a symlink leads. */
  readonly linkname?: string;
}

export const tarBlock = 512;
/** The end of an archive. */
export const tarEnd = Buffer.alloc(2 * tarBlock);

const typeFlags = { file: '0', symlink: '2', directory: '5', pax: 'x' };
/** Eleven octal digits. */
const largestUstarSize = 0o77777777777;

/** The header of one entry, POSIX.1-2001: ustar, preceded by a pax record for what does not fit (long or non-ASCII names). */
export function encodeTarHeader(header: TarHeader): Buffer {
  const records: string[] = [];
  if (!fits(header.name)) records.push(paxRecord('path', header.name));
  if (header.linkname !== undefined && !fits(header.linkname))
    records.push(paxRecord('linkpath', header.linkname));
  if (header.size > largestUstarSize) records.push(paxRecord('size', String(header.size)));
  const own = ustar(header.name, typeFlags[header.type], header.mode, header.size, header.linkname);
  if (records.length === 0) return own;
  const pax = Buffer.from(records.join(''));
  return Buffer.concat([
    ustar('PaxHeader', typeFlags.pax, 0o644, pax.length),
    pax,
    tarPadding(pax.length),
    own,
  ]);
}

/** Zeros up to the next block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((tarBlock - (size % tarBlock)) % tarBlock);
}

function fits(name: string): boolean {
  return name.length <= 100 && /^[\x20-\x7e]*$/.test(name);
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length !== length) length = bytes + String(length).length;
  return `${length}${rest}`;
}

function ustar(name: string, flag: string, mode: number, size: number, linkname = ''): Buffer {
  const block = Buffer.alloc(tarBlock);
  block.write(fits(name) ? name : 'in-pax-header', 0, 100, 'latin1');
  block.write(octal(mode & 0o7777, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size > largestUstarSize ? 0 : size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write('        ', 148);
  block.write(flag, 156);
  if (fits(linkname)) block.write(linkname, 157, 100, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
