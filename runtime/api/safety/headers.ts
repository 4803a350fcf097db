import type { RequestHandler } from 'express';
import helmet from 'helmet';

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], sandbox: [] },
  },
  frameguard: { action: 'deny' },
  // The service speaks HTTP; whether its host is to be asked by HTTPS alone is for the proxy that speaks it to say.
  strictTransportSecurity: false,
});

/**
 * What every answer carries: it is data for programs, so that a browser may neither guess its type, show it in a frame, run
 * what is in it, nor keep it. A route whose answer is a page for people sets a `Content-Security-Policy` of its own.
 */
export const safetyHeaders: RequestHandler = (request, response, next) => {
  response.set('Cache-Control', 'no-store');
  protect(request, response, next);
};
