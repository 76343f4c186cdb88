import type { Json } from "../agent/json.ts";
import { objectOf } from "../agent/json.ts";
import type { ValueType } from "./problem.ts";
import type { SourceRange } from "./source-text.ts";

/** One text, number, flag or null of a file. */
export type Scalar = SourceRange & {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** The text came out of a template, so it may stand for a number or a flag. */
  readonly fromTemplate?: true;
  /** The text is that of exactly this secret. */
  readonly secret?: string;
  /** Environment variables that this text needs and that are not set: the value is a stand-in for it. */
  readonly unset?: readonly string[];
};

export type List = SourceRange & { readonly kind: "list"; readonly items: readonly Tree[] };

export type Mapping = SourceRange & {
  readonly kind: "map";
  readonly members: ReadonlyMap<string, Member>;
};

/** One member of a map: where its key stands, and its value. */
export type Member = { readonly key: SourceRange; readonly value: Tree };

/** A value whose problem was reported: readers report nothing more about it. */
export type Broken = SourceRange & { readonly kind: "broken" };

/**
 * What a file says, every value with its range. Values that an alias repeats are shared, and their number
 * and depth are bounded: to walk a tree is always safe.
 */
export type Tree = Scalar | List | Mapping | Broken;

/** The value of a member, or undefined where the tree is no map or the member is absent or null. */
export function memberOf(tree: Tree | undefined, name: string): Tree | undefined {
  if (tree?.kind !== "map") return undefined;
  const value = tree.members.get(name)?.value;
  return value === undefined || isNull(value) ? undefined : value;
}

/** The items of a list; none where the tree is no list. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "list" ? tree.items : [];
}

/** Whether a tree is an explicit null. */
export function isNull(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === null;
}

/** The text a tree is, or undefined where it is anything else. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : undefined;
}

/** Whether a value is not known here because an environment variable that it needs is not set. */
export function isUnset(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.unset !== undefined;
}

/** What a value is, in the words of YAML. */
export function typeOf(tree: Scalar | List | Mapping): ValueType {
  if (tree.kind !== "scalar") return tree.kind;
  const { value } = tree;
  if (value === null) return "null";
  if (typeof value === "boolean") return "flag";
  return typeof value === "number" ? "number" : "text";
}

/** The JSON of a tree; what is broken is null. */
export function plain(tree: Tree): Json {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "list":
      return tree.items.map(plain);
    case "map":
      return objectOf([...tree.members].map(([name, member]) => [name, plain(member.value)]));
    case "broken":
      return null;
  }
}
