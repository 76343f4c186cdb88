import { isList, isObject, type Json, type JsonObject, objectOf, stableText } from "./json.ts";
import { type Kind, type Property, rowsOfCase } from "./property.ts";
import { isTag } from "./tags.ts";
import { isSecretHolder } from "./without-secrets.ts";

/**
 * The one form in which agents are compared: what is unset is absent, whatever way it was written or
 * echoed, but for what counts only where it is declared; texts have LF and no white space at their end; sets
 * are sorted; members that the table does not know are gone. Doing it twice is doing it once.
 */
export function canonical(rows: readonly Property[], value: JsonObject): JsonObject {
  const members: [string, Json][] = [];
  for (const row of rows) {
    const given = value[row.name];
    if (given === undefined || given === null || row.kind.kind === "secret") continue;
    const form = canonicalValue(row.kind, given);
    if (row.unset === undefined || !isUnset(row, form)) members.push([row.name, form]);
  }
  return objectOf(members);
}

/** The canonical form of one value of a kind. A value that is not of the kind stays as it is. */
export function canonicalValue(kind: Kind, value: Json): Json {
  switch (kind.kind) {
    case "text":
    case "prose":
      return typeof value === "string" ? value.replaceAll("\r\n", "\n").trimEnd() : value;
    case "number":
    case "flag":
    case "choice":
    case "json":
    case "handoffs":
    case "secret":
      return value;
    case "texts":
      return typeof value === "string" ? [value] : value;
    case "set":
      return isList(value) ? canonicalSet(kind.of, value) : value;
    case "list":
      return isList(value) ? value.map((item) => canonicalValue(kind.of, item)) : value;
    case "record":
      return isObject(value) ? canonical(kind.rows, value) : value;
    case "variant":
      if (isObject(value)) return canonicalVariant(kind, value);
      return isSecretHolder(kind) ? {} : value;
    case "toolbox":
      return isList(value)
        ? value
            .filter((tool) => isKnown(kind.of, tool))
            .map((tool) => canonicalValue(kind.of, tool))
        : value;
    case "labels":
      return isObject(value)
        ? objectOf(Object.entries(value).filter(([name, label]) => label !== null && !isTag(name)))
        : value;
  }
}

/** Whether a tool or another variant is of a case the table has rows for. */
export function isKnown(kind: Kind & { readonly kind: "variant" }, value: Json): boolean {
  return isObject(value) && rowsOfCase(kind, value[kind.by]) !== undefined;
}

function canonicalVariant(
  kind: Kind & { readonly kind: "variant" },
  value: JsonObject,
): JsonObject {
  const tag = value[kind.by];
  const rows = rowsOfCase(kind, tag);
  // Of an unknown way to sign in nobody knows which of its members is the secret.
  if (rows === undefined && isSecretHolder(kind))
    return tag === undefined ? {} : { [kind.by]: tag };
  if (tag === undefined || rows === undefined) return value;
  return { [kind.by]: tag, ...canonical(rows, value) };
}

function canonicalSet(of: "names" | "ids", items: readonly Json[]): Json {
  const texts = items.map((item) => {
    const text = typeof item === "string" ? item : stableText(item);
    return of === "ids" ? text.toLowerCase() : text;
  });
  return [...new Set(texts)].sort();
}

function isUnset(row: Property, form: Json): boolean {
  // Declared as off is not the same as left alone.
  if (row.onlyWhenDeclared) return false;
  if (row.unset !== undefined && form === row.unset) return true;
  return !row.keepsEmpty && isEmpty(form);
}

function isEmpty(form: Json): boolean {
  if (form === "") return true;
  if (isList(form)) return form.length === 0;
  return isObject(form) && Object.keys(form).length === 0;
}
