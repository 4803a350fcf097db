import { invalidAnswer, type Question } from './failures.ts';
import type { Answer } from './transport.ts';

/** An answer's JSON object. @throws registry-answer-invalid */
export function readJson(
  { body, url }: Pick<Answer, 'body' | 'url'>,
  question: Question,
): Record<string, unknown> {
  const text = body.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const what = isHtml(body) ? 'a web page' : text === '' ? 'empty' : 'no JSON';
    throw invalidAnswer(question, `it is ${what}, from ${url.host}`);
  }
  if (!isObject(value)) throw invalidAnswer(question, `it is no JSON object, from ${url.host}`);
  return value;
}

/** A list of texts in an answer; registries write `null` for an empty one. */
export function readTexts(value: unknown, member: string, question: Question): string[] {
  if (value == null) return [];
  if (Array.isArray(value) && value.every((text): text is string => typeof text === 'string')) return value;
  throw invalidAnswer(question, `"${member}" is no list of names`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isHtml(body: Buffer): boolean {
  return /^\s*</.test(body.toString('utf8', 0, 200));
}
