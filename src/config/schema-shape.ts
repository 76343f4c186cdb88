import { asFlag, asNumber } from "./computed.ts";
import { aliasTargetPattern, orTemplate, templatePattern } from "./patterns.ts";
import type { Shape } from "./problem.ts";
import type { Schema, SchemaType } from "./schema.ts";
import type { Scalar, Tree } from "./tree.ts";

/** Whether a value is of a type that a schema takes; every type when it names none. */
export function isOfType(schema: Schema, tree: Tree): boolean {
  const types = typesOf(schema);
  if (types.length === 0 || tree.kind === "broken") return true;
  if (tree.kind === "list") return types.includes("array");
  if (tree.kind === "map") return types.includes("object");
  return types.some((type) => isScalarOf(type, valueFor(schema, tree)));
}

/** What a scalar says to a schema: the text of a template is the number or the flag that it asks for. */
export function valueFor(schema: Schema, scalar: Scalar): Scalar["value"] {
  const types = typesOf(schema);
  if (types.includes("boolean")) return asFlag(scalar);
  return types.includes("number") || types.includes("integer") ? asNumber(scalar) : scalar.value;
}

/** What a schema asks for, in words; text that may only be a template is not worth mentioning. */
export function shapesOf(schema: Schema): readonly Shape[] {
  const { pattern, properties } = schema;
  if (pattern === aliasTargetPattern || pattern === orTemplate(aliasTargetPattern)) {
    return ["alias_target"];
  }
  const shapes: Record<SchemaType, Shape | undefined> = {
    string: pattern === templatePattern ? undefined : "text",
    number: "number",
    integer: "integer",
    boolean: "flag",
    array: "list",
    object: typesOf(schema).includes("string") && properties?.file !== undefined ? "file" : "map",
    null: undefined,
  };
  return typesOf(schema)
    .map((type) => shapes[type])
    .filter((shape) => shape !== undefined);
}

function isScalarOf(type: SchemaType, value: Scalar["value"]): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    case "array":
    case "object":
      return false;
  }
}

function typesOf({ type }: Schema): readonly SchemaType[] {
  return typeof type === "string" ? [type] : (type ?? []);
}
