import { type Json, type JsonObject, objectOf } from "../agent/json.ts";
import type { Kind, Property } from "../agent/property.ts";
import type { SecretStore } from "./secret-store.ts";
import { itemsOf, memberOf, plain, type Tree, textOf } from "./tree.ts";

/**
 * The members that the rows describe, in the rows' order, from a resolved tree that was checked; what is
 * absent or null is left out. `path` names the tree (`agents.triage`): secrets written out are known by it.
 */
export function buildMembers(
  secrets: SecretStore,
  rows: readonly Property[],
  tree: Tree,
  path: string,
): JsonObject {
  const members = rows.flatMap((row): [string, Json][] => {
    const member = memberOf(tree, row.name);
    const value = member && buildValue(secrets, row.kind, member, `${path}.${row.name}`);
    return value === undefined ? [] : [[row.name, value]];
  });
  return objectOf(members);
}

function buildValue(secrets: SecretStore, kind: Kind, tree: Tree, path: string): Json | undefined {
  switch (kind.kind) {
    case "text":
    case "choice":
      return textOf(tree);
    case "prose":
      return textOf(tree)?.replaceAll("\r\n", "\n");
    case "number":
    case "flag":
      return tree.kind === "scalar" ? tree.value : undefined;
    case "texts":
    case "set":
    case "json":
    case "labels":
      return plain(tree);
    case "list":
      return buildItems(tree, path, (item, at) => buildValue(secrets, kind.of, item, at));
    case "toolbox":
      return buildItems(tree, path, (item, at) => buildVariant(secrets, kind.of, item, at));
    case "record":
      return buildMembers(secrets, kind.rows, tree, path);
    case "variant":
      return buildVariant(secrets, kind, tree, path);
    case "secret":
      return buildSecret(secrets, tree, path);
    case "handoffs":
      return buildHandoffs(tree);
  }
}

function buildItems(
  tree: Tree,
  path: string,
  build: (item: Tree, path: string) => Json | undefined,
): readonly Json[] {
  return itemsOf(tree).flatMap((item, at) => {
    const value = build(item, `${path}[${at}]`);
    return value === undefined ? [] : [value];
  });
}

function buildVariant(
  secrets: SecretStore,
  kind: Kind & { readonly kind: "variant" },
  tree: Tree,
  path: string,
): JsonObject | undefined {
  const tag = textOf(memberOf(tree, kind.by));
  if (tag === undefined || !Object.hasOwn(kind.cases, tag)) return undefined;
  return { [kind.by]: tag, ...buildMembers(secrets, kind.cases[tag] ?? [], tree, path) };
}

function buildSecret(secrets: SecretStore, tree: Tree, path: string): Json | undefined {
  if (tree.kind !== "scalar" || typeof tree.value !== "string") return undefined;
  const reference = tree.secret ?? path;
  return tree.unset === undefined
    ? secrets.add(tree.value, reference)
    : secrets.addUnset(tree.unset, reference);
}

/** Keys of this project's agents and ids of others, as references; an empty list is no list. */
function buildHandoffs(tree: Tree): readonly Json[] | undefined {
  const refs = itemsOf(tree).flatMap((item): readonly Json[] => {
    const key = textOf(item);
    const id = textOf(memberOf(item, "id"));
    if (key !== undefined) return [{ key }];
    return id === undefined ? [] : [{ id }];
  });
  return refs.length === 0 ? undefined : refs;
}
