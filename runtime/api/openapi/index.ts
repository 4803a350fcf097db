export { openApiDocument, type DescribedRoutes } from './document.ts';
export { pagePolicy, referencePage } from './page/page.ts';
export type {
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  PathMethod,
  ResponseObject,
  Schema,
} from './types.ts';
