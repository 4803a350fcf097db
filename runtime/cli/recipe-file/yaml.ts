/** A module of its own: what is bundled of CommonJS and imported dynamically has no names. */
export { isNode, LineCounter, parseDocument, visit } from 'yaml';
