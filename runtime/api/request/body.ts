import type { IncomingMessage } from 'node:http';
import {
  changedNumber,
  changedWords,
  findUnstorable,
  nestsDeeper,
  scanJson,
  type Validator,
} from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { knownMembers } from './known-members.ts';

/** Nesting of a JSON body: what walks it recursively must not overflow the stack. */
const deepest = 100;

/** Milliseconds for all of a JSON body to arrive. */
const bodyTime = 30_000;

/**
 * The JSON body of a request, judged.
 * @param mostBytes
 * @throws unsupported-media-type, body-too-large, malformed-body; invalid-request with every problem
 */
export async function readJson<T>(
  request: IncomingMessage,
  mostBytes: number,
  validator: Validator<T>,
): Promise<T> {
  return readBody(request, { mostBytes, validator });
}

function judged<T>(document: unknown, validator: Validator<T>, tolerance?: UnknownMembers): T {
  if (validator.accepts(document)) return document;
  const { document: known, unknown } = tolerance
    ? knownMembers(document, validator.schema, tolerance.isMeant)
    : { document, unknown: [] };
  tolerance?.ignored(unknown);
  if (validator.accepts(known)) return known;
  const problems = validator
    .problems(known)
    .slice(0, 20)
    .map(({ description }) => description);
  throw new SeedbedError('invalid-request', { problem: problems.join('; ') });
}

/** What becomes of members that a body's schema does not know. */
export interface UnknownMembers {
  /** They are left out, and told by their paths. */
  readonly ignored: (paths: readonly string[]) => void;
  /** Those that are refused all the same. */
  readonly isMeant?: (name: string, known: readonly string[]) => boolean;
}

export interface BodyRule<T> {
  readonly mostBytes: number;
  /** Milliseconds for all of it to arrive. */
  readonly bodyMs?: number | undefined;
  readonly validator: Validator<T>;
  /** A form is taken too: the last value of each member counts. */
  readonly isForm?: boolean | undefined;
  /** Left out, members that are not known are errors. */
  readonly unknown?: UnknownMembers | undefined;
}

/** The body of a request, judged. @throws as `readJson` */
export async function readBody<T>(request: IncomingMessage, rule: BodyRule<T>): Promise<T> {
  const { mostBytes, bodyMs, validator, isForm = false, unknown } = rule;
  const type = expectType(request, 'application/json', ...(isForm ? [formType] : []));
  const text = await readText(request, mostBytes, bodyMs);
  const document = type === formType ? Object.fromEntries(new URLSearchParams(text)) : parse(text);
  return judged(document, validator, unknown);
}

const formType = 'application/x-www-form-urlencoded';

/** @returns the one that it is. @throws unsupported-media-type unless the body is of one of these types, and not compressed */
export function expectType(request: IncomingMessage, ...types: string[]): string {
  const given = request.headers['content-type'] ?? '';
  const coding = request.headers['content-encoding'] ?? 'identity';
  const type = given.split(';')[0]!.trim().toLowerCase();
  const refuse = (what: string) =>
    new SeedbedError('unsupported-media-type', { given: what.slice(0, 100), expected: types.join(' or ') });
  if (coding !== 'identity') throw refuse(`compressed (${coding})`);
  if (!types.includes(type)) throw refuse(given || 'of no type');
  const charset = /charset="?([^";\s]+)/i.exec(given)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw refuse(`in ${charset}`);
  return type;
}

async function readText(request: IncomingMessage, mostBytes: number, bodyMs = bodyTime): Promise<string> {
  const tooLarge = () => new SeedbedError('body-too-large', { limit: mostBytes });
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let received = 0;
  const late = setTimeout(() => request.destroy(), bodyMs);
  try {
    // A refused body is not read on, and its sender still gets the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > mostBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    throw new SeedbedError('incomplete-body', { received }, { cause: thrown });
  } finally {
    clearTimeout(late);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new SeedbedError('malformed-body', { problem: 'it is not UTF-8' });
  }
}

function parse(text: string): unknown {
  const refuse = (problem: string) => new SeedbedError('malformed-body', { problem });
  if (nestsDeeper(text, deepest)) throw refuse(`it is nested more than ${deepest} levels deep`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    const { fault } = scanJson(text, deepest);
    throw refuse(fault ? `line ${fault.line}, column ${fault.column}: ${fault.problem}` : 'it is not JSON');
  }
  const changed = changedNumber(text);
  if (changed) throw refuse(`${changed.path || 'it'} ${changedWords(changed.number)}`);
  const unstorable = findUnstorable(document);
  if (unstorable) throw refuse(`${unstorable.path || 'it'} ${unstorable.problem}`);
  return document;
}
