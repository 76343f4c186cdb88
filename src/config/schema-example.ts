import type { Json } from "../agent/json.ts";
import { allowsType } from "./expected-types.ts";
import type { Schema } from "./schema.ts";
import { referred } from "./schema-reference.ts";
import { type Tree, textOf } from "./tree.ts";

/** How a value is written that a schema takes: the value itself where only the list around it is missing. */
export function exampleFor(schema: Schema, tree: Tree): { readonly example?: string } {
  const example = listAround(schema, tree) ?? truthMeant(schema, tree) ?? schema.examples?.[0];
  return example === undefined
    ? {}
    : { example: typeof example === "string" ? example : flow(example) };
}

function listAround(schema: Schema, tree: Tree): Json | undefined {
  const text = textOf(tree);
  if (text === undefined || schema.type === undefined || !allowsType(schema, "array"))
    return undefined;
  return allowsType(referred(schema.items ?? {}), "string") ? [text] : undefined;
}

/** Words for true and false that YAML 1.2 reads as strings, in lower case. */
const truths: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "on"].map((word): [string, boolean] => [word, true]),
  ...["false", "no", "off"].map((word): [string, boolean] => [word, false]),
]);

function truthMeant(schema: Schema, tree: Tree): boolean | undefined {
  if (schema.type === undefined || !allowsType(schema, "boolean")) return undefined;
  return truths.get(textOf(tree)?.toLowerCase() ?? "");
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
