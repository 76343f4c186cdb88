import type { Keyword, SchemaError } from "./compiled-schema.ts";
import { unknownData } from "./tree-data.ts";

/** The errors that a person should read: of several about one value, only the cause of the others. */
export function rootErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const byPlace = new Map<string, SchemaError[]>();
  for (const error of errors) {
    if (error.data === unknownData) continue;
    const others = byPlace.get(error.instancePath);
    if (others === undefined) byPlace.set(error.instancePath, [error]);
    else others.push(error);
  }
  return [...byPlace.values()].flatMap((group) => {
    const root = firstOf(group, "not") ?? firstOf(group, "type");
    return root === undefined ? group : [root];
  });
}

function firstOf(errors: readonly SchemaError[], keyword: Keyword): SchemaError | undefined {
  return errors.find((error) => error.keyword === keyword);
}

/** The path of the value or the member that an error is about. */
export function pathOf({ instancePath, params, propertyName }: SchemaError): readonly string[] {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const member = params.missingProperty ?? params.additionalProperty ?? propertyName;
  return member === undefined ? path : [...path, member];
}
