import { readFile } from 'node:fs/promises';
import { asEncoding, type Encoding, encodeTasks, isDictionary, loadEncoding } from '../../dag/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { parseText, TextFault } from '../recipe-file/parse-text.ts';
import { describedTasks } from './described-tasks.ts';

/**
 * Reads tasks from a file: a description, which is encoded here; what `seed dag encode --format json` printed; or what
 * `seed dag save` wrote.
 * @param file `-`: standard input
 * @throws dag-unreadable, dag-invalid, bencode-invalid and all that `encodeTasks` throws
 */
export async function readEncoding(file: string): Promise<Encoding> {
  const bytes = await bytesOf(file);
  if (isBencoded(bytes)) return loadEncoding(bytes);
  const document = safeIntegers((await parsed(file, bytes)).document);
  if (isEncoded(document)) return asEncoding(document);
  const { meta, tasks } = describedTasks(document);
  return encodeTasks(tasks, meta);
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    if (file !== '-') return await readFile(file);
    return Buffer.concat((await process.stdin.toArray()) as Buffer[]);
  } catch (thrown) {
    throw new SeedbedError('dag-unreadable', { file, reason: reasonOf(thrown) });
  }
}

/** A dictionary whose first key is a text: no YAML that stands for anything else begins so. */
function isBencoded(bytes: Buffer): boolean {
  return /^d(\d+:|e$)/.test(bytes.toString('latin1', 0, 24));
}

async function parsed(file: string, bytes: Buffer) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return await parseText(text, { intAsBigInt: true });
  } catch (thrown) {
    const reason = thrown instanceof TextFault ? thrown.message : 'it is not a text in UTF-8';
    throw new SeedbedError('dag-unreadable', { file, reason });
  }
}

function isEncoded(document: unknown): boolean {
  if (!isDictionary(document) || !isDictionary(document.tasks)) return false;
  const tasks = Object.values(document.tasks);
  return tasks.length > 0 && tasks.every((task) => isDictionary(task) && typeof task.output === 'string');
}

/**
 * Whole numbers as JavaScript has them, where it has them. A number that is none stays one that cannot be bencoded: `1.0`
 * is a fraction, as it is to Python.
 */
function safeIntegers(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? new Fraction(value) : value;
  if (Array.isArray(value)) return value.map(safeIntegers);
  if (!isDictionary(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, safeIntegers(one)]));
}

/** A whole number that was written as a fraction. */
class Fraction extends Number {}
