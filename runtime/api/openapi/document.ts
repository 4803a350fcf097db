import type { Method, Route } from '../route.ts';
import { Components } from './components.ts';
import { Failures } from './failures.ts';
import { operationObject } from './operation-object.ts';
import { pathOf } from './parameters.ts';
import { tagsOf } from './tags.ts';
import type { OpenApiDocument, PathObject } from './types.ts';

export interface DescribedRoutes {
  /** Below the prefixes. */
  readonly routes: readonly Route[];
  /** Below none. */
  readonly bareRoutes: readonly Route[];
  /** Of this Seedbed. */
  readonly version: string;
}

const description = `Runs containerised algorithms (Seed jobs) over files, and keeps a catalogue of them.

The paths below \`/v6\` and \`/v7\` are the same, and are those of Scale, with more besides. They are also found below
\`/api\`, and each may end with a slash. \`HEAD\` is answered as \`GET\` is, without the body.

A parameter that is not known is ignored, and named in the header \`Warning\`. So are, on Scale's routes, members of a
body and fields of \`order\` that are not known; on our own routes, whose failures are \`application/problem+json\`, they are
errors. Times are ISO 8601 with their offset from UTC; parameters also take a duration, as \`PT3H\`: so long ago. Members
of answers may be added in any version.

Besides, \`GET /metrics\` at the root, which is none of Scale's, is for Prometheus.`;

/** The OpenAPI document (3.1) of what the service answers, made from what its routes declare. */
export function openApiDocument({ routes, bareRoutes, version }: DescribedRoutes): OpenApiDocument {
  const components = new Components();
  const failures = new Failures(components);
  const describe = (some: readonly Route[], isBare: boolean) =>
    some.map((route): [string, PathObject] => {
      const operations = Object.entries(route.methods).map(([method, operation]) => [
        method.toLowerCase(),
        operationObject(route, method as Method, operation, { components, failures }),
      ]);
      return [
        pathOf(route.path),
        { ...(isBare ? { servers: [{ url: '/' }] } : {}), ...Object.fromEntries(operations) } as PathObject,
      ];
    });
  const paths = Object.fromEntries([...describe(bareRoutes, true), ...describe(routes, false)]);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Seedbed',
      version,
      description,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    } as OpenApiDocument['info'],
    servers: [
      { url: '/v6', description: "Scale's paths" },
      { url: '/v7', description: 'The same' },
    ],
    tags: tagsOf(tagsUsed(paths)),
    security: [{ bearer: [] }, { token: [] }],
    paths,
    components: {
      schemas: components.schemas(),
      responses: failures.responses(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of the service.' },
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Token`, a space and a token of the service, as clients of Scale send it.',
        },
      },
    },
  };
}

function tagsUsed(paths: OpenApiDocument['paths']): Set<string> {
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  return new Set(operations.flatMap((one) => ('tags' in one ? (one.tags as string[]) : [])));
}
