/** JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Reference {
  readonly $ref: string;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required?: boolean;
  readonly explode?: boolean;
  readonly schema: Schema;
}

/** By media type. */
export type ContentObject = Readonly<Record<string, { readonly schema: Schema }>>;

export interface ResponseObject {
  readonly description: string;
  readonly content?: ContentObject;
}

/** What can be done at an address. */
export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** The least role that may do it; none where anyone may. */
  readonly 'x-role'?: string;
  readonly security?: readonly object[];
  readonly parameters: readonly ParameterObject[];
  readonly requestBody?: { readonly required: boolean; readonly content: ContentObject };
  /** By status, or by `5XX`. */
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
}

export type PathMethod = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

export type PathObject = {
  readonly [M in PathMethod]?: OperationObject;
} & { readonly servers?: readonly { readonly url: string }[] };

/** The parts of an OpenAPI document (3.1) that this one has. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string; readonly description?: string }[];
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, PathObject>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}
