/** The parts of Scale's OpenAPI document (3.0.3) that are read here. */
export interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>;
  readonly components: object;
}

export interface ContractParameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly type?: string; readonly items?: { readonly type?: string } };
}

export interface ContractOperation {
  readonly parameters?: readonly ContractParameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}
