export { addressRule } from './address.ts';
export { addDeliveries, type Delivery, listDeliveries } from './deliveries.ts';
export { testMessage, webhookEvents } from './message.ts';
export { type SenderOptions, WebhookSender } from './sender.ts';
export {
  addWebhook,
  changeWebhook,
  listWebhooks,
  removeWebhook,
  type Webhook,
  webhookById,
  type WebhookChange,
} from './webhooks.ts';
