import { oneOf, Type } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';
import type { Check } from './readiness.ts';

const ReadyDocument = Type.Object({ status: oneOf(['ok']) }, { $id: 'Ready' });
const UnreadyDocument = Type.Object(
  {
    status: oneOf(['unavailable']),
    failed: Type.Array(oneOf<Check>(['stopping', 'database', 'migrations', 'runtime'])),
  },
  { $id: 'Unready' },
);

/**
 * For whoever starts, stops and sends requests to services, without token and prefix: `livez` says that the process answers,
 * `readyz` that it can work.
 */
export function healthRoutes(ready: () => Promise<Check[]>): Route[] {
  return [
    {
      path: '/livez',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Ask whether the service answers',
          role: 'anyone',
          answers: { 200: ReadyDocument },
          handle: async () => ({ json: { status: 'ok' } }),
        }),
      },
    },
    {
      path: '/readyz',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Ask whether the service can work',
          description:
            'The database answers within a second and has the shape it should, and the lease of the runtime lasts.',
          role: 'anyone',
          answers: { 200: ReadyDocument, 503: UnreadyDocument },
          handle: async () => {
            const failed = await ready();
            if (failed.length === 0) return { json: { status: 'ok' } };
            return { status: 503, json: { status: 'unavailable', failed } };
          },
        }),
      },
    },
  ];
}
