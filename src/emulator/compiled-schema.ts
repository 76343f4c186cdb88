/** A schema that the build compiled to code: whether a body is valid, and all errors of the last invalid one. */
export type CompiledSchema = {
  (body: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

/** The definitions that references in a schema point to. */
export type Definitions = { readonly [name: string]: SchemaPart };

/** The parts of a schema that the text of an error needs. */
export type SchemaPart = {
  readonly $ref?: string;
  readonly oneOf?: readonly SchemaPart[];
  readonly properties?: { readonly [name: string]: { readonly const?: string } };
};

/** What each keyword reports about a body that violates it. */
export type KeywordParams = {
  readonly required: { readonly missingProperty: string };
  readonly additionalProperties: { readonly additionalProperty: string };
  readonly type: { readonly type: string | readonly string[] };
  readonly enum: { readonly allowedValues: readonly unknown[] };
  readonly const: { readonly allowedValue: unknown };
  readonly minimum: { readonly limit: number };
  readonly maximum: { readonly limit: number };
  readonly minItems: { readonly limit: number };
  readonly maxLength: { readonly limit: number };
  /** `error` is `tag` if the tag is missing, `mapping` if its value matches no variant. */
  readonly discriminator: {
    readonly error: string;
    readonly tag: string;
    readonly tagValue: unknown;
  };
};

/** A keyword of the schemas that a body can violate. */
export type Keyword = keyof KeywordParams;

/** One violation of a schema. */
export type SchemaError<K extends Keyword = Keyword> = {
  /** JSON Pointer to the value. */
  readonly instancePath: string;
  readonly keyword: K;
  readonly params: KeywordParams[K];
  readonly parentSchema: SchemaPart;
  readonly data: unknown;
};
