export { dot } from './dot.ts';
export { definitionGraph, type DrawnGraph, type DrawnNode } from './drawing.ts';
export { mermaid } from './mermaid.ts';
