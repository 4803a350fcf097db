export { acceptedItems } from './accepted-items.ts';
export { acceptsData } from './accepts-data.ts';
export { filterErrors, filterWarnings } from './findings.ts';
export { type FilterJudgement, judgeFilter } from './judge-filter.ts';
export type { FileFacts, FilterData } from './values.ts';
