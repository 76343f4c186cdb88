import { isList, isObject, type Json, type JsonObject } from "../agent/json.ts";
import { type PropertyPath, pathText } from "../agent/property-path.ts";

/** Data as the documents write it: `createdAt` becomes `created_at`. Values stay. */
export function plain(value: object): JsonObject {
  return snakeCased(value as unknown as Json) as JsonObject;
}

/** A step of an apply: the paths in it, and in its failure, as text. */
export function stepJson(event: object): JsonObject {
  const failure = "failure" in event ? (event.failure as object | undefined) : undefined;
  return plain({
    ...withPathTexts(event),
    ...(failure !== undefined && { failure: withPathTexts(failure) }),
  });
}

type Printed<Value> = Value extends { readonly paths: unknown }
  ? Omit<Value, "paths"> & { readonly paths: readonly string[] }
  : Value;

/** Data with the paths in it as text, which is what documents have; `*` is for paths that nobody knows. */
export function withPathTexts<Value extends object>(value: Value): Printed<Value> {
  if (!("paths" in value)) return value as Printed<Value>;
  const paths = value.paths as readonly PropertyPath[] | undefined;
  return { ...value, paths: paths?.map(pathText) ?? ["*"] } as Printed<Value>;
}

function snakeCased(value: Json): Json {
  if (isList(value)) return value.map(snakeCased);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [
        name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        snakeCased(member),
      ]),
  );
}
