/** A schema that the build compiled to code: whether a body follows it, and all errors of the last one that did not. */
export type CompiledSchema = {
  (body: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

/** The parts of schemas that references in other parts name. */
export type Definitions = { readonly [name: string]: SchemaPart };

/** Of the schema that has the keyword of an error, what its words need. */
export type SchemaPart = {
  readonly $ref?: string;
  readonly oneOf?: readonly SchemaPart[];
  readonly properties?: { readonly [name: string]: { readonly const?: string } };
};

/** What the keywords of the schemas tell about a body that breaks their rule. */
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
  /** `error` is `tag` when there is no tag, `mapping` when no case has it. */
  readonly discriminator: {
    readonly error: string;
    readonly tag: string;
    readonly tagValue: unknown;
  };
};

/** A keyword of the schemas that a body can break. */
export type Keyword = keyof KeywordParams;

/** How a body does not follow a schema. */
export type SchemaError<K extends Keyword = Keyword> = {
  /** JSON Pointer to the value. */
  readonly instancePath: string;
  readonly keyword: K;
  readonly params: KeywordParams[K];
  readonly parentSchema: SchemaPart;
  readonly data: unknown;
};
