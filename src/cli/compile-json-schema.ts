import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../agent/json.ts";

/** Most complaints about one value. */
const mostReasons = 10;

/**
 * Makes a function that tells how a value does not follow a schema (draft 2020-12). Each schema is by itself, so that two
 * of the same `$id` do not get into each other's way. Throws an Error that says what is wrong with the schema.
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
