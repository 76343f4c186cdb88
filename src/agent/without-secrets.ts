import { isList, isObject, type Json, type JsonObject, objectOf } from "./json.ts";
import { isPlain, type Kind, type Property, rowsOfCase } from "./property.ts";

/** Stands where a server keeps a secret. */
const hidden = "***";

/**
 * An agent as a server tells it, to be shown: what stands in a secret field is never shown, whatever it is. Of a tool
 * that the table does not know, nothing is shown that would be secret in one that it knows.
 */
export function withoutSecrets(rows: readonly Property[], value: JsonObject): JsonObject {
  const holdsSecret = rows.some(({ kind }) => kind.kind === "secret");
  return objectOf(
    Object.entries(value).map(([name, each]) => {
      const row = rows.find((candidate) => candidate.name === name);
      if (row !== undefined) return [name, shown(row.kind, each)];
      return [name, holdsSecret ? withoutTexts(each) : each];
    }),
  );
}

/** Whether a value of this kind may have a secret directly in it. */
export function isSecretHolder(kind: Kind & { readonly kind: "variant" }): boolean {
  return Object.values(kind.cases).some((rows) => rows.some((row) => row.kind.kind === "secret"));
}

function shown(kind: Kind, value: Json): Json {
  if (isPlain(kind)) return value;
  switch (kind.kind) {
    case "secret":
      return value === null ? null : hidden;
    case "record":
      return isObject(value) ? withoutSecrets(kind.rows, value) : value;
    case "variant":
      return shownVariant(kind, value);
    case "list":
    case "toolbox":
      return isList(value) ? value.map((item) => shown(kind.of, item)) : value;
    case "labels":
    case "handoffs":
      return value;
  }
}

function shownVariant(kind: Kind & { readonly kind: "variant" }, value: Json): Json {
  if (!isObject(value)) return isSecretHolder(kind) ? withoutTexts(value) : value;
  const tag = value[kind.by];
  const rows = rowsOfCase(kind, tag) ?? Object.values(kind.cases).flat();
  const { [kind.by]: _tag, ...members } = withoutSecrets(rows, value);
  return tag === undefined ? members : { [kind.by]: tag, ...members };
}

/** What a server adds beside a secret may well be one. */
function withoutTexts(value: Json): Json {
  if (typeof value === "string") return hidden;
  if (isList(value)) return value.map(withoutTexts);
  if (!isObject(value)) return value;
  return objectOf(Object.entries(value).map(([name, each]) => [name, withoutTexts(each)]));
}
