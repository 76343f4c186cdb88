import type { Json } from "../agent/json.ts";

/** What JSON Schema calls the types of values. */
export type SchemaType = "string" | "number" | "integer" | "boolean" | "array" | "object" | "null";

/**
 * The keywords of JSON Schema (draft 2020-12) in which the format of agents.yaml is written. Editors read the
 * schemas, and the build compiles them to the code that checks files.
 */
export type Schema = {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly Json[];
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly (string | number | null)[];
  readonly const?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly maxProperties?: number;
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: { readonly pattern: string };
  readonly not?: { readonly const: null };
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  /** Which member tells the cases of `oneOf` apart; each has it as a `const`. */
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly Schema[];
};

/** The same schema with members that have to be there: one that is null is not. */
export function requiring(names: readonly string[], schema: Schema = {}): Schema {
  const marked = names
    .filter((name) => schema.properties?.[name]?.const === undefined)
    .map((name) => [name, { ...schema.properties?.[name], not: { const: null } }]);
  const properties = { ...schema.properties, ...Object.fromEntries(marked) };
  return { ...schema, properties, required: names };
}

/** Schemas that others refer to as `#/$defs/name`. */
export type SchemaDefinitions = { readonly [name: string]: Schema };

/** A reference to one of the definitions. */
export function refTo(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}
