import { anyObject } from '../documents/schema.ts';
import { type OpenApiDocument, pagePolicy, referencePage } from '../openapi/index.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';

/** What the service answers, for programs (`openapi.json`) and for people (`docs`). It holds no secret. */
export function openApiRoutes(document: () => OpenApiDocument): Route[] {
  let page: string | undefined;
  return [
    {
      path: '/openapi.json',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Describe everything that the service answers',
          description: 'An OpenAPI document (3.1): this one.',
          role: 'anyone',
          answers: { 200: anyObject },
          handle: async () => ({ json: document() }),
        }),
      },
    },
    {
      path: '/docs',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Describe it for people',
          role: 'anyone',
          answers: { 200: { words: 'A page that needs nothing else.', types: ['text/html'] } },
          handle: async ({ response }) => {
            page ??= referencePage(document());
            response.set('Content-Security-Policy', pagePolicy).type('html').send(page);
            return undefined;
          },
        }),
      },
    },
  ];
}
