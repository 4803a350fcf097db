import { type ErrorDefinition, registry } from '../../runtime/errors/index.ts';
import { table } from './table.ts';

const sorted = (errors: Readonly<Record<string, ErrorDefinition>>) =>
  Object.entries(errors).sort(([, a], [, b]) => (a.code < b.code ? -1 : 1));

/** All errors in one table, each linked to its entry. */
export function errorIndex(): string {
  return table(
    ['code', 'name', 'category', 'exit code', 'does a retry help?'],
    sorted(registry).map(([name, { code, category, exit, retry }]) => [
      `[${code}](#${anchor(code, name)})`,
      `\`${name}\``,
      category,
      `${exit}`,
      retry ? 'yes' : 'no',
    ]),
  );
}

/** One entry for each error: what it says, and what to do. */
export function errorEntries(errors: Readonly<Record<string, ErrorDefinition>>): string {
  return sorted(errors)
    .map(([name, { code, title, message, advice, category, exit, retry }]) =>
      [
        `### ${code} ${name}`,
        `**${title}.** ${readable(message)}`,
        `*What to do:* ${readable(advice)}`,
        `Category \`${category}\`, exit code ${exit}, ${retry ? 'a retry can help' : 'a retry does not help'}.`,
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** As GitHub makes it of the heading. */
function anchor(code: string, name: string): string {
  return `${code} ${name}`.toLowerCase().replaceAll(' ', '-');
}

/** Parameters in italics: `{path}` becomes *path*. */
function readable(template: string): string {
  return template.replace(/`[^`]*`|\{(\w+)\}/g, (whole, parameter?: string) =>
    parameter === undefined ? whole : `*${parameter}*`,
  );
}
