import { type PropertyPath, pathText } from "../../agent/property-path.ts";

type Printed<Value> = Value extends { readonly paths: unknown }
  ? Omit<Value, "paths"> & { readonly paths: readonly string[] }
  : Value;

/** Data with the paths in it as text, which is what documents have; `*` stands for paths that nobody knows. */
export function withPathTexts<Value extends object>(value: Value): Printed<Value> {
  if (!("paths" in value)) return value as Printed<Value>;
  const paths = value.paths as readonly PropertyPath[] | undefined;
  return { ...value, paths: paths?.map(pathText) ?? ["*"] } as Printed<Value>;
}
