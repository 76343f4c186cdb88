import { isUnset, type Tree } from "./tree.ts";

/** Replaces a value that is not known here. It has no JSON type, and errors about it must be ignored. */
export const unknownData = Symbol("unknown");

/** A tree as plain data, which compiled schemas validate. */
export function dataOf(tree: Tree): unknown {
  switch (tree.kind) {
    case "scalar":
      return isUnset(tree) ? unknownData : tree.value;
    case "list":
      return tree.items.map(dataOf);
    case "map":
      return Object.fromEntries(
        [...tree.members].map(([name, { value }]) => [name, dataOf(value)]),
      );
    case "broken":
      return unknownData;
  }
}
