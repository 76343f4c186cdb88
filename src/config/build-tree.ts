import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import { isExactNumber } from "./exact-number.ts";
import type { ReportProblem } from "./problem-log.ts";
import { positionOf, type SourceRange, type SourceText } from "./source-text.ts";
import type { Member, Tree } from "./tree.ts";

/** How deeply the values of a file may be nested, aliases followed. */
export const maxDepth = 200;

/** How many values a file may have, each counted as often as aliases repeat it. */
const maxValues = 1_000_000;

const knownTags: ReadonlySet<string | undefined> = new Set([
  undefined,
  "!",
  ...["map", "seq", "str", "int", "float", "bool", "null"].map((tag) => `tag:yaml.org,2002:${tag}`),
]);

/** A tree with what it costs to walk it. */
type BuiltTree = { readonly tree: Tree; readonly values: number; readonly depth: number };

/** What building the tree of one file needs. */
type Building = {
  readonly source: SourceText;
  readonly report: ReportProblem;
  /** The latest value of each anchor; null while it is still being built. */
  readonly anchors: Map<string, BuiltTree | null>;
  /** Counts more values at this level. False once a limit is exceeded, which is reported the first time. */
  readonly countValues: (values: number, level: number, range: SourceRange) => boolean;
};

/**
 * The tree of a parsed document: aliases followed, merge keys merged. Undefined when it would have too many
 * values or levels; whatever else is wrong is reported and broken.
 */
export function buildTree(source: SourceText, root: Node, report: ReportProblem): Tree | undefined {
  let left = maxValues;
  let exceeded = false;
  const countValues = (values: number, level: number, range: SourceRange) => {
    left -= values;
    if (exceeded) return false;
    exceeded = left < 0 || level > maxDepth;
    if (left < 0) report(range, { code: "too_many_values", limit: maxValues });
    else if (exceeded) report(range, { code: "too_deep", limit: maxDepth });
    return !exceeded;
  };
  const { tree } = buildNode({ source, report, anchors: new Map(), countValues }, root, 1);
  return exceeded ? undefined : tree;
}

function buildNode(building: Building, node: Node, level: number): BuiltTree {
  const range = rangeOf(building, node);
  if (!building.countValues(1, level, range)) return brokenAt(range);
  if (isAlias(node)) return followAlias(building, node.source, level, range);
  if (!knownTags.has(node.tag)) {
    building.report(range, { code: "unknown_tag", tag: node.tag ?? "" });
    return brokenAt(range);
  }
  if (isScalar(node))
    return anchored(building, node.anchor, buildScalar(building, node.value, range));
  if (node.anchor !== undefined) building.anchors.set(node.anchor, null);
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => buildNode(building, item, level + 1));
    const tree: Tree = { kind: "list", items: items.map((item) => item.tree), ...range };
    return anchored(building, node.anchor, withChildren(tree, items));
  }
  if (isMap<Node | null, Node | null>(node)) {
    return anchored(building, node.anchor, buildMap(building, node.items, level, range));
  }
  return brokenAt(range);
}

function buildMap(
  building: Building,
  pairs: readonly Pair<Node | null, Node | null>[],
  level: number,
  range: SourceRange,
): BuiltTree {
  const members = new Map<string, Member>();
  const inside: BuiltTree[] = [];
  let merged: { readonly key: SourceRange; readonly built: BuiltTree } | undefined;
  for (const { key, value } of pairs) {
    const keyRange = key === null ? range : rangeOf(building, key);
    const built = value === null ? nullAt(keyRange) : buildNode(building, value, level + 1);
    inside.push(built);
    if (!isScalar(key) || typeof key.value !== "string") {
      building.report(keyRange, { code: "key_not_text" });
      continue;
    }
    const isMerge = key.value === "<<" && key.type === "PLAIN";
    const first = isMerge ? merged?.key : members.get(key.value)?.key;
    if (first !== undefined) {
      const problem = { code: "duplicate_key", name: key.value, first: positionOf(first) } as const;
      building.report(keyRange, problem);
    } else if (isMerge) merged = { key: keyRange, built };
    else members.set(key.value, { key: keyRange, value: built.tree });
  }
  if (merged !== undefined) addMerged(building, members, merged.built.tree);
  return withChildren({ kind: "map", members, ...range }, inside);
}

/** Adds what `<<` brings and the map does not say itself; of several maps the first one wins. */
function addMerged(building: Building, members: Map<string, Member>, brought: Tree): void {
  for (const tree of brought.kind === "list" ? brought.items : [brought]) {
    if (tree.kind === "map") {
      for (const [name, member] of tree.members) {
        if (!members.has(name)) members.set(name, member);
      }
    } else if (tree.kind !== "broken") building.report(tree, { code: "bad_merge" });
  }
}

/** What an alias stands for; it costs as much as writing it out. */
function followAlias(
  building: Building,
  name: string,
  level: number,
  range: SourceRange,
): BuiltTree {
  const target = building.anchors.get(name);
  if (target !== undefined && target !== null) {
    const within = building.countValues(target.values, level + target.depth - 1, range);
    return within ? target : brokenAt(range);
  }
  building.report(range, { code: target === null ? "recursive_alias" : "unresolved_alias", name });
  return brokenAt(range);
}

function buildScalar(building: Building, value: unknown, range: SourceRange): BuiltTree {
  if (typeof value === "number" && !isExactNumber(value, textAt(range))) {
    building.report(range, { code: "bad_number", found: textAt(range) });
    return brokenAt(range);
  }
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return childless({ kind: "scalar", value, ...range });
    default:
      return nullAt(range);
  }
}

function anchored(building: Building, anchor: string | undefined, built: BuiltTree): BuiltTree {
  if (anchor !== undefined) building.anchors.set(anchor, built);
  return built;
}

function withChildren(tree: Tree, inside: readonly BuiltTree[]): BuiltTree {
  let values = 1;
  let depth = 0;
  for (const built of inside) {
    values += built.values;
    depth = Math.max(depth, built.depth);
  }
  return { tree, values, depth: depth + 1 };
}

function childless(tree: Tree): BuiltTree {
  return { tree, values: 1, depth: 1 };
}

function nullAt(range: SourceRange): BuiltTree {
  return childless({ kind: "scalar", value: null, ...range });
}

function brokenAt(range: SourceRange): BuiltTree {
  return childless({ kind: "broken", ...range });
}

function rangeOf(building: Building, node: Node): SourceRange {
  const [start, end] = node.range ?? [0, 0];
  return { source: building.source, start, end };
}

function textAt(range: SourceRange): string {
  return range.source.text.slice(range.start, range.end);
}
