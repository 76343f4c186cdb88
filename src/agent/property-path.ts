import type { Property } from "./property.ts";

/** One step of a path: the name of a member, or the item of a list by its number or, for a tool, by its identity. */
export type PathStep = string | { readonly item: string };

/**
 * Where a value is in an agent, such as `["completion_args", "temperature"]` or `["metadata", "cost.center"]`.
 * Paths are compared step by step; only output prints them, and only the check of a file parses them.
 */
export type PropertyPath = readonly PathStep[];

/** A path as people write it, such as `tools[function:lookup_order].function.strict`. */
export function pathText(path: PropertyPath): string {
  return path
    .map((step, at) => {
      if (typeof step !== "string") return `[${step.item}]`;
      return at === 0 ? step : `.${step}`;
    })
    .join("");
}

/** The path that a person wrote to a property of these rows. The name of a label is one step, its dots included. */
export function parsePath(rows: readonly Property[], text: string): PropertyPath {
  const dot = text.indexOf(".");
  if (dot === -1) return [text];
  const [name, rest] = [text.slice(0, dot), text.slice(dot + 1)];
  const kind = rows.find((row) => row.name === name)?.kind;
  return kind?.kind === "record" ? [name, ...parsePath(kind.rows, rest)] : [name, rest];
}

/** Whether a path leads to a value, or to something inside it. */
export function isWithin(path: PropertyPath, outer: PropertyPath): boolean {
  return outer.every((step, at) => isSameStep(step, path[at]));
}

/** Whether both paths lead to the same value. */
export function isSamePath(path: PropertyPath, other: PropertyPath): boolean {
  return path.length === other.length && isWithin(path, other);
}

function isSameStep(step: PathStep, other: PathStep | undefined): boolean {
  if (typeof step === "string" || typeof other !== "object") return step === other;
  return step.item === other.item;
}
