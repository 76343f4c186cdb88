import type { Schema, SchemaDefinitions } from "./schema.ts";

/** A schema that the build compiled to code: whether data follows it, and all errors of the last data that did not. */
export type CompiledSchema = {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

/** The schemas that references in the schemas of errors name. */
export type Definitions = SchemaDefinitions;

/** The keywords of schemas that are only for people. */
type Prose = "title" | "description" | "examples";

/** The keywords of which data can break the rule. */
export type Keyword = Exclude<
  keyof Schema,
  Prose | "$ref" | "properties" | "items" | "then" | "else"
>;

/** How data does not follow a schema. */
export type SchemaError = {
  /** JSON Pointer to the data. */
  readonly instancePath: string;
  readonly keyword: Keyword;
  readonly params: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
  };
  /** The schema that has the keyword. */
  readonly parentSchema: Schema;
  readonly data: unknown;
  /** The name that is wrong, where it is about the name of a member. */
  readonly propertyName?: string;
};
