import type { Json } from "../agent/json.ts";

/** What JSON Schema calls the types of values. */
export type SchemaType = "string" | "number" | "integer" | "boolean" | "array" | "object" | "null";

/**
 * The part of JSON Schema (draft 2020-12) in which the format of agents.yaml is written. Editors read it,
 * and so does agentvane itself: `checkTree` says what each keyword means and tells.
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
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly maxProperties?: number;
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: { readonly pattern: string };
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  /** Which member tells the cases of `oneOf` apart; each has it as a `const`. */
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly Schema[];
};

/** Schemas that others refer to as `#/$defs/name`. */
export type SchemaDefinitions = { readonly [name: string]: Schema };

/** A reference to one of the definitions. */
export function refTo(name: string): Schema {
  return { $ref: refPrefix + name };
}

/** The definition that a reference names. */
export function referred(definitions: SchemaDefinitions, ref: string): Schema {
  return definitions[ref.slice(refPrefix.length)] ?? {};
}

const refPrefix = "#/$defs/";
