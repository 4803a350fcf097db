/** A sender of webhooks as a process of its own, to be killed. DATABASE_URL, SEED_SECRET_KEY and the time-out come from the environment. */
import { readConfig } from '../../runtime/config/index.ts';
import { connect } from '../../runtime/database/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { loadSecretKey } from '../../runtime/secrets/index.ts';
import { WebhookSender } from '../../runtime/webhooks/index.ts';

const config = readConfig(process.env);
new WebhookSender({
  db: await connect(config),
  logger: createLogger('warn'),
  secretKey: await loadSecretKey(config),
  allowPrivate: ['all'],
  version: 'test',
  timeoutMs: Number(process.env.SEED_TEST_TIMEOUT_MS),
});
setInterval(() => undefined, 1000);
