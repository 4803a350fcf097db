export { type ListPage, type Order, orderBy } from '../../database/index.ts';
