export { carriesToken } from './authorization.ts';
export { knownToken, serviceToken, type TokenPlace } from './token.ts';
