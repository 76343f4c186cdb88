import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../agent/json.ts";

/** Most violations reported for one value. */
const mostReasons = 10;

/**
 * Compiles a schema (draft 2020-12) to a function that lists how a value violates it. Each schema is compiled
 * separately, so two schemas may have the same `$id`. Throws an Error that says what is wrong with the schema.
 */
export function compileJsonSchema(schema: JsonObject): (value: Json) => readonly string[] {
  const validate = new Ajv2020({
    allErrors: true,
    strict: false,
    validateFormats: false,
    logger: false,
  }).compile(schema);
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? [])
          .slice(0, mostReasons)
          .map(({ instancePath, message = "is not valid" }) =>
            instancePath === "" ? message : `${instancePath} ${message}`,
          );
}
