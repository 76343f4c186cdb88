import { definitions } from "./generated/schemas.js";
import type { Schema } from "./schema.ts";

/** A schema of the compiled code, or the one that it refers to. */
export function referred(schema: Schema): Schema {
  const name = schema.$ref?.slice("#/$defs/".length);
  return name === undefined ? schema : referred(definitions[name] ?? {});
}
