import type { Property } from "../agent/property.ts";
import { type Member, type Tree, textOf } from "./tree.ts";

/**
 * An agent with what it does not say itself taken from the defaults: maps that the rows describe merge;
 * lists, scalars and verbatim JSON are replaced, and an explicit null unsets a default.
 */
export function mergeTrees(rows: readonly Property[], base: Tree, over: Tree): Tree {
  if (base.kind !== "map" || over.kind !== "map") return over;
  const members = new Map(base.members);
  for (const [name, member] of over.members) {
    const row = rows.find((candidate) => candidate.name === name);
    members.set(name, mergeMember(row, base.members.get(name), member));
  }
  return { ...over, members };
}

function mergeMember(row: Property | undefined, base: Member | undefined, over: Member): Member {
  if (row === undefined || base === undefined) return over;
  switch (row.kind.kind) {
    case "record":
      return { ...over, value: mergeTrees(row.kind.rows, base.value, over.value) };
    case "labels":
      return { ...over, value: mergeTrees([], spelledOut(base.value), over.value) };
    case "text":
    case "prose":
    case "number":
    case "flag":
    case "choice":
    case "texts":
    case "set":
    case "list":
    case "variant":
    case "toolbox":
    case "json":
    case "secret":
    case "handoffs":
      return over;
  }
}

/** A list of aliases is short for all of them at latest; so a map can be laid over it. */
function spelledOut(tree: Tree): Tree {
  if (tree.kind !== "list") return tree;
  const { source, start, end } = tree;
  const members = tree.items.flatMap((item): [string, Member][] => {
    const name = textOf(item);
    const value: Tree = { kind: "scalar", value: "latest", source, start, end };
    return name === undefined ? [] : [[name, { key: item, value }]];
  });
  return { kind: "map", members: new Map(members), source, start, end };
}
