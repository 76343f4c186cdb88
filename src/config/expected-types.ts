import { aliasTargetPattern, orTemplate, templatePattern } from "./patterns.ts";
import type { ValueType } from "./problem.ts";
import type { Schema, SchemaType } from "./schema.ts";

/** What a schema asks for, in words; text that may only be a template is not worth mentioning. */
export function expectedTypes(schema: Schema): readonly ValueType[] {
  const { pattern, properties } = schema;
  if (pattern === aliasTargetPattern || pattern === orTemplate(aliasTargetPattern)) {
    return ["alias_target"];
  }
  const words: Record<SchemaType, ValueType | undefined> = {
    string: pattern === templatePattern ? undefined : "text",
    number: "number",
    integer: "integer",
    boolean: "flag",
    array: "list",
    object: allowsType(schema, "string") && properties?.file !== undefined ? "file" : "map",
    null: undefined,
  };
  return typesOf(schema)
    .map((type) => words[type])
    .filter((word) => word !== undefined);
}

/** Whether values of a type may follow a schema; all do when it names no types. */
export function allowsType(schema: Schema, type: SchemaType): boolean {
  return schema.type === undefined || typesOf(schema).includes(type);
}

function typesOf({ type }: Schema): readonly SchemaType[] {
  return typeof type === "string" ? [type] : (type ?? []);
}
