export { loadSecretKey, type SecretKey, secretKeyFile } from './key.ts';
export type { SecretOwner } from './owner.ts';
export { removeSecrets, secretNames, secretNamesOf, setSecrets } from './store.ts';
