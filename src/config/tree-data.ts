import { isUnset, type Tree } from "./tree.ts";

/** Stands for a value that nobody knows here; it is of no type of JSON, and no complaint about it is true. */
export const unknownData = Symbol("unknown");

/** A tree as data that a schema can be held against. */
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
