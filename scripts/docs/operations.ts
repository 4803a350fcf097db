import { openApiDocument, type OperationObject } from '../../runtime/api/openapi/index.ts';
import type { OpenApiDocument } from '../../runtime/api/openapi/index.ts';
import { openRoutesOf, routesOf } from '../../runtime/api/routes/index.ts';
import { readConfig } from '../../runtime/config/index.ts';
import { table } from './table.ts';

/** What the service says of itself; nothing is served for it. */
export function ownDocument(): OpenApiDocument {
  // Routes only say what they are.
  const { signal: stopping } = new AbortController();
  const context = { config: readConfig({}), stopping } as Parameters<typeof routesOf>[0];
  const bareRoutes = openRoutesOf(context, () => document);
  const document = openApiDocument({ routes: routesOf(context), bareRoutes, version: '' });
  return document;
}

/** Every operation of the service: what it does, and who may do it. */
export function operationsTable(): string {
  const rows = Object.entries(ownDocument().paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter((entry): entry is [string, OperationObject] => 'operationId' in entry[1])
      .map(([method, operation]) => [
        `\`${method.toUpperCase()} ${path}\``,
        operation.summary,
        operation['x-role'] ?? 'anyone',
      ]),
  );
  return table(['operation', '', 'takes'], rows);
}
