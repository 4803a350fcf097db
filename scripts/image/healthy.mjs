import { get } from 'node:http';

/** `node healthy.mjs`: ends with 0 when the service answers. */
get({ host: '127.0.0.1', port: 8420, path: '/livez', timeout: 4000 }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
)
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
