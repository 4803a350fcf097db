import { createHash } from 'node:crypto';
import type { OpenApiDocument, OperationObject, PathMethod } from '../types.ts';
import { escaped, html } from './html.ts';
import { operationHtml } from './operation.ts';
import { schemaHtml } from './schema.ts';
import { style } from './style.ts';

/** Its one style is known by its hash; no script, no other file, no frame. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const methods: readonly PathMethod[] = ['get', 'head', 'post', 'put', 'patch', 'delete'];

/** A page about the API that is read without a script and without any other file. */
export function referencePage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const sections = tags.map(({ name, description = '' }) => ({
    name,
    description,
    operations: operationsOf(document, name),
  }));
  const menu = sections
    .map(
      ({ name, operations }) =>
        `<a href="#tag-${name}"><b>${escaped(name)}</b></a><ul>${operations
          .map(
            ({ operation }) => `<li><a href="#${operation.operationId}">${html(operation.summary)}</a></li>`,
          )
          .join('')}</ul>`,
    )
    .join('');
  const chapters = sections
    .map(
      ({ name, description, operations }) =>
        `<h2 id="tag-${name}">${escaped(name)}</h2><p>${html(description)}</p>${operations
          .map(({ path, method, operation }) => operationHtml(document, path, method, operation))
          .join('\n')}`,
    )
    .join('\n');
  const schemas = Object.entries(components.schemas)
    .map(([name, schema]) => schemaHtml(name, schema))
    .join('\n');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)} ${escaped(info.version)}: API</title><style>${style}</style></head>
<body><nav>${menu}<a href="#schemas"><b>documents</b></a></nav>
<main><h1>${escaped(info.title)} ${escaped(info.version)}</h1>
${info.description
  .split('\n\n')
  .map((paragraph) => `<p>${html(paragraph)}</p>`)
  .join('\n')}
<p>For programs: <a href="/openapi.json">openapi.json</a></p>
${chapters}
<h2 id="schemas">documents</h2><p>Members with * are always there.</p>${schemas}</main></body></html>
`;
}

function operationsOf({ paths }: OpenApiDocument, tag: string) {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods
      .map((method) => ({ path, method, operation: item[method] }))
      .filter((one): one is { path: string; method: PathMethod; operation: OperationObject } =>
        Boolean(one.operation?.tags.includes(tag)),
      ),
  );
}
