import type { Json } from "../agent/json.ts";
import type { Schema } from "./schema.ts";
import { isOfType } from "./schema-shape.ts";
import type { Tree } from "./tree.ts";

/** How a value is written that a schema takes: the value itself where only the list around it is missing. */
export function exampleFor(schema: Schema, tree: Tree): { readonly example?: string } {
  const example = listAround(schema, tree) ?? schema.examples?.[0];
  return example === undefined
    ? {}
    : { example: typeof example === "string" ? example : flow(example) };
}

function listAround(schema: Schema, tree: Tree): Json | undefined {
  const { type, items } = schema;
  const takesList = type !== undefined && [type].flat().includes("array");
  if (!takesList || tree.kind !== "scalar" || typeof tree.value !== "string") return undefined;
  return items === undefined || isOfType(items, tree) ? [tree.value] : undefined;
}

/** A value as YAML on one line. */
function flow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, each]) => `${name}: ${flow(each as Json)}`);
    return `{ ${members.join(", ")} }`;
  }
  if (typeof value !== "string") return String(value);
  return /^[A-Za-z][\w ./-]*$/.test(value) ? value : JSON.stringify(value);
}
