import { aliasTargetPattern, orTemplate, templatePattern } from "./patterns.ts";
import type { Shape } from "./problem.ts";
import type { Schema, SchemaType } from "./schema.ts";

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
    object: takes(schema, "string") && properties?.file !== undefined ? "file" : "map",
    null: undefined,
  };
  return typesOf(schema)
    .map((type) => shapes[type])
    .filter((shape) => shape !== undefined);
}

/** Whether values of a type may follow a schema; all do when it names no types. */
export function takes(schema: Schema, type: SchemaType): boolean {
  return schema.type === undefined || typesOf(schema).includes(type);
}

function typesOf({ type }: Schema): readonly SchemaType[] {
  return typeof type === "string" ? [type] : (type ?? []);
}
