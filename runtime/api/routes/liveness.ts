import { LivenessDocument } from '../documents/system.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';

/** For whoever watches the process: `livez`. */
export const liveness: Route = {
  path: '/livez',
  shape: 'own',
  methods: {
    GET: operation({
      summary: 'Say that the service lives',
      role: 'anyone',
      answers: { 200: LivenessDocument },
      handle: async () => ({ json: { status: 'ok' } }),
    }),
  },
};
