import { parserDirectives } from './parse.ts';

/**
 * The same Dockerfile for the frontend that the engine has built in: without `# syntax=`, whose image would be pulled.
 * Instructions keep their line numbers, for messages.
 */
export function withoutSyntax(text: string): string {
  const lines = text.split('\n');
  const { syntax, next } = parserDirectives(lines.map((line) => line.replace(/^\ufeff|\r$/g, '')));
  if (!syntax) return text;
  lines.splice(syntax.line - 1, 1);
  // Behind the directives, because a comment ends them, and `# escape=` may follow.
  lines.splice(next - 1, 0, '#');
  return lines.join('\n');
}
