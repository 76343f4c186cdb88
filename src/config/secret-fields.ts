import { isPlain, type Kind, type Property, rowsOfCase } from "../agent/property.ts";
import { itemsOf, memberOf, type Tree, textOf } from "./tree.ts";

/** The values that a file gives to properties of the kind secret. */
export function secretFields(rows: readonly Property[], tree: Tree): readonly Tree[] {
  return rows.flatMap(({ name, kind }) => {
    const member = memberOf(tree, name);
    return member === undefined ? [] : within(kind, member);
  });
}

function within(kind: Kind, tree: Tree): readonly Tree[] {
  if (isPlain(kind)) return [];
  switch (kind.kind) {
    case "secret":
      return [tree];
    case "record":
      return secretFields(kind.rows, tree);
    case "variant": {
      const tag = textOf(memberOf(tree, kind.by));
      return secretFields(rowsOfCase(kind, tag) ?? [], tree);
    }
    case "list":
    case "toolbox":
      return itemsOf(tree).flatMap((item) => within(kind.of, item));
    case "labels":
    case "handoffs":
      return [];
  }
}
