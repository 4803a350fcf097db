/** A value of PROV-JSON that is no plain text, number or boolean. */
export interface TypedValue {
  readonly $: string;
  readonly type: 'prov:QUALIFIED_NAME' | 'xsd:anyURI';
}

export type ProvValue = string | number | boolean | TypedValue;
export type ProvAttributes = Readonly<Record<string, ProvValue | readonly ProvValue[]>>;

/** Kinds of statements, as PROV-JSON names them. */
export const provKinds = [
  'entity',
  'activity',
  'agent',
  'used',
  'wasGeneratedBy',
  'wasDerivedFrom',
  'wasInvalidatedBy',
  'wasAssociatedWith',
  'wasAttributedTo',
  'actedOnBehalfOf',
  'wasInformedBy',
  'hadMember',
] as const;

export type ProvKind = (typeof provKinds)[number];

/** A document of W3C PROV-JSON. Kinds of which there is no statement are left out. */
export type ProvDocument = {
  readonly prefix: Readonly<Record<string, string>>;
} & Readonly<Partial<Record<ProvKind, Readonly<Record<string, ProvAttributes>>>>>;

/** `prefix:local` as a value. */
export function name(qualified: string): TypedValue {
  return { $: qualified, type: 'prov:QUALIFIED_NAME' };
}

/** Gathers statements. What is said twice of a name is said once; relations are numbered as they come. */
export class Statements {
  readonly #kinds = new Map<ProvKind, Map<string, ProvAttributes>>();

  /** An entity, an activity or an agent. @returns its name */
  declare(kind: 'entity' | 'activity' | 'agent', name: string, attributes: Attributes): string {
    this.#of(kind).set(name, present(attributes));
    return name;
  }

  relate(kind: Exclude<ProvKind, 'entity' | 'activity' | 'agent'>, attributes: Attributes): void {
    const of = this.#of(kind);
    of.set(`_:${kind}${of.size + 1}`, present(attributes));
  }

  document(prefix: Readonly<Record<string, string>>): ProvDocument {
    const kinds = provKinds.flatMap((kind) => {
      const statements = this.#kinds.get(kind);
      return statements ? [[kind, Object.fromEntries(statements)]] : [];
    });
    return { prefix, ...Object.fromEntries(kinds) } as ProvDocument;
  }

  #of(kind: ProvKind): Map<string, ProvAttributes> {
    const known = this.#kinds.get(kind) ?? new Map<string, ProvAttributes>();
    this.#kinds.set(kind, known);
    return known;
  }
}

type Attributes = Readonly<Record<string, ProvValue | readonly ProvValue[] | null | undefined>>;

/** What is not known is not said. */
function present(attributes: Attributes): ProvAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined),
  ) as ProvAttributes;
}
