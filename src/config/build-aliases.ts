import type { AliasTarget } from "../agent/definition.ts";
import type { AliasName, Version } from "../agent/identity.ts";
import { type Tree, textOf } from "./tree.ts";

/** Where aliases should stand, from a checked tree. A list of names is short for all of them at latest. */
export function buildAliases(tree: Tree | undefined): ReadonlyMap<AliasName, AliasTarget> {
  switch (tree?.kind) {
    case "list":
      return new Map(
        tree.items.flatMap((item): [AliasName, AliasTarget][] => {
          const name = textOf(item);
          return name === undefined ? [] : [[name as AliasName, "latest"]];
        }),
      );
    case "map":
      return new Map(
        [...tree.members].map(([name, { value }]) => [name as AliasName, targetOf(value)]),
      );
    case "scalar":
    case "broken":
    case undefined:
      return new Map();
  }
}

function targetOf(tree: Tree): AliasTarget {
  if (textOf(tree) === "latest") return "latest";
  const number = tree.kind === "scalar" ? tree.value : null;
  return typeof number === "number" ? (number as Version) : null;
}
