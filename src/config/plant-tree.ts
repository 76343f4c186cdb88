import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import { type Place, positionOf, type SourceText } from "./source-text.ts";
import type { Member, Tree } from "./tree.ts";
import type { Tell } from "./trouble-log.ts";

/** How deeply the values of a file may be nested, aliases followed. */
export const deepest = 200;

/** How many values a file may have, each counted as often as aliases repeat it. */
const mostValues = 1_000_000;

const knownTags: ReadonlySet<string | undefined> = new Set([
  undefined,
  "!",
  ...["map", "seq", "str", "int", "float", "bool", "null"].map((tag) => `tag:yaml.org,2002:${tag}`),
]);

/** A tree with what it costs to walk it. */
type Grown = { readonly tree: Tree; readonly values: number; readonly depth: number };

type Bed = {
  readonly source: SourceText;
  readonly tell: Tell;
  /** The latest value of each anchor; null while it is still growing. */
  readonly anchors: Map<string, Grown | null>;
  /** Whether this many more values at this level are within bounds; the first time they are not is told. */
  readonly affords: (values: number, level: number, place: Place) => boolean;
};

/**
 * The tree of a parsed document: aliases followed, merge keys merged. Undefined when it would have too many
 * values or levels; whatever else is wrong is told and broken.
 */
export function plantTree(source: SourceText, root: Node, tell: Tell): Tree | undefined {
  let left = mostValues;
  let exceeded = false;
  const affords = (values: number, level: number, place: Place) => {
    left -= values;
    if (exceeded) return false;
    exceeded = left < 0 || level > deepest;
    if (left < 0) tell(place, { code: "too_many_values", limit: mostValues });
    else if (exceeded) tell(place, { code: "too_deep", limit: deepest });
    return !exceeded;
  };
  const { tree } = grow({ source, tell, anchors: new Map(), affords }, root, 1);
  return exceeded ? undefined : tree;
}

function grow(bed: Bed, node: Node, level: number): Grown {
  const place = placeOf(bed, node);
  if (!bed.affords(1, level, place)) return broken(place);
  if (isAlias(node)) return repeated(bed, node.source, level, place);
  if (!knownTags.has(node.tag)) {
    bed.tell(place, { code: "unknown_tag", tag: node.tag ?? "" });
    return broken(place);
  }
  if (isScalar(node)) return remember(bed, node.anchor, leaf(bed, node.value, place));
  if (node.anchor !== undefined) bed.anchors.set(node.anchor, null);
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => grow(bed, item, level + 1));
    const tree: Tree = { kind: "list", items: items.map((item) => item.tree), ...place };
    return remember(bed, node.anchor, parent(tree, items));
  }
  if (isMap<Node | null, Node | null>(node)) {
    return remember(bed, node.anchor, mapping(bed, node.items, level, place));
  }
  return broken(place);
}

function mapping(
  bed: Bed,
  pairs: readonly Pair<Node | null, Node | null>[],
  level: number,
  place: Place,
): Grown {
  const members = new Map<string, Member>();
  const inside: Grown[] = [];
  let merged: { readonly key: Place; readonly grown: Grown } | undefined;
  for (const { key, value } of pairs) {
    const keyPlace = key === null ? place : placeOf(bed, key);
    const grown = value === null ? nothing(keyPlace) : grow(bed, value, level + 1);
    inside.push(grown);
    if (!isScalar(key) || typeof key.value !== "string") {
      bed.tell(keyPlace, { code: "key_not_text" });
      continue;
    }
    const isMerge = key.value === "<<" && key.type === "PLAIN";
    const first = isMerge ? merged?.key : members.get(key.value)?.key;
    if (first !== undefined) {
      const trouble = { code: "duplicate_key", name: key.value, first: positionOf(first) } as const;
      bed.tell(keyPlace, trouble);
    } else if (isMerge) merged = { key: keyPlace, grown };
    else members.set(key.value, { key: keyPlace, value: grown.tree });
  }
  if (merged !== undefined) merge(bed, members, merged.grown.tree);
  return parent({ kind: "map", members, ...place }, inside);
}

/** Adds what `<<` brings and the map does not say itself; of several maps the first one wins. */
function merge(bed: Bed, members: Map<string, Member>, brought: Tree): void {
  for (const tree of brought.kind === "list" ? brought.items : [brought]) {
    if (tree.kind === "map") {
      for (const [name, member] of tree.members) {
        if (!members.has(name)) members.set(name, member);
      }
    } else if (tree.kind !== "broken") bed.tell(tree, { code: "bad_merge" });
  }
}

/** What an alias stands for; it costs as much as writing it out. */
function repeated(bed: Bed, name: string, level: number, place: Place): Grown {
  const target = bed.anchors.get(name);
  if (target !== undefined && target !== null) {
    const within = bed.affords(target.values, level + target.depth - 1, place);
    return within ? target : broken(place);
  }
  bed.tell(place, { code: target === null ? "recursive_alias" : "unresolved_alias", name });
  return broken(place);
}

function leaf(bed: Bed, value: unknown, place: Place): Grown {
  if (typeof value === "number" && !isExact(value, textAt(place))) {
    bed.tell(place, { code: "bad_number", found: textAt(place) });
    return broken(place);
  }
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return single({ kind: "scalar", value, ...place });
    default:
      return nothing(place);
  }
}

/** Whether JSON can hold a number as it is written: it is finite, and an integer keeps all its digits. */
function isExact(value: number, written: string): boolean {
  if (!Number.isFinite(value)) return false;
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return true;
  return !/^[-+]?\d+$/.test(written) || BigInt(written) === BigInt(value);
}

function remember(bed: Bed, anchor: string | undefined, grown: Grown): Grown {
  if (anchor !== undefined) bed.anchors.set(anchor, grown);
  return grown;
}

function parent(tree: Tree, inside: readonly Grown[]): Grown {
  let values = 1;
  let depth = 0;
  for (const grown of inside) {
    values += grown.values;
    depth = Math.max(depth, grown.depth);
  }
  return { tree, values, depth: depth + 1 };
}

function single(tree: Tree): Grown {
  return { tree, values: 1, depth: 1 };
}

function nothing(place: Place): Grown {
  return single({ kind: "scalar", value: null, ...place });
}

function broken(place: Place): Grown {
  return single({ kind: "broken", ...place });
}

function placeOf(bed: Bed, node: Node): Place {
  const [start, end] = node.range ?? [0, 0];
  return { source: bed.source, start, end };
}

function textAt(place: Place): string {
  return place.source.text.slice(place.start, place.end);
}
