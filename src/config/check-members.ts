import { isList, isObject, type Json, type JsonObject } from "../agent/json.ts";
import type { Property } from "../agent/property.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import { checkToolChoice } from "./check-tool-choice.ts";
import { checkTools } from "./check-tools.ts";
import { isExactNumber } from "./exact-number.ts";
import * as schemas from "./generated/schemas.js";
import type { ProblemKind } from "./problem.ts";
import { type ProblemLog, problemLog } from "./problem-log.ts";
import { sourceText } from "./source-text.ts";
import type { Member, Tree } from "./tree.ts";
import { validateTree } from "./validate-tree.ts";
import { definitionRows } from "./written-agent.ts";

/** What a file may not say of an agent, and the property that `ignore_changes` can name; none for the agent itself. */
export type MemberProblem = { readonly path: PropertyPath; readonly problem: ProblemKind };

/** What is wrong with the members of an agent that somebody else made, as far as files are checked. */
export function memberProblems(members: JsonObject): readonly MemberProblem[] {
  const found: (MemberProblem & { readonly start: number })[] = [];
  const paths: PropertyPath[] = [];
  const tree = treeOf(members, [], paths);
  const log = problemLog();
  const report: typeof log.report = ({ start }, problem) => {
    found.push({ start, path: propertyPath(definitionRows, paths[start] ?? []), problem });
  };
  validateTree({ ...log, report }, schemas.agent, tree);
  if (tree.kind === "map") checkTools({ ...log, report }, tree.members.get("tools")?.value);
  checkToolChoice({ ...log, report }, tree);
  checkNumbers({ ...log, report }, tree);
  return found.sort((a, b) => a.start - b.start).map(({ path, problem }) => ({ path, problem }));
}

/** An integer that lost digits when the answer was read cannot be written down. */
function checkNumbers(log: ProblemLog, tree: Tree): void {
  const inside =
    tree.kind === "map"
      ? [...tree.members.values()].map(({ value }) => value)
      : tree.kind === "list"
        ? tree.items
        : [];
  for (const each of inside) checkNumbers(log, each);
  if (tree.kind !== "scalar" || typeof tree.value !== "number") return;
  const found = String(tree.value);
  if (!isExactNumber(tree.value, found)) log.report(tree, { code: "bad_number", found });
}

/** A value as a tree whose ranges start at the index of a path: there is no text to point at. */
function treeOf(value: Json, path: PropertyPath, paths: PropertyPath[]): Tree {
  const start = paths.push(path) - 1;
  const range = { source: nowhere, start, end: start };
  if (isList(value)) {
    const items = value.map((item, at) => treeOf(item, [...path, { item: String(at) }], paths));
    return { kind: "list", items, ...range };
  }
  if (!isObject(value)) return { kind: "scalar", value, ...range };
  const members = Object.entries(value).map(([name, each]): [string, Member] => {
    const inside = treeOf(each, [...path, name], paths);
    return [name, { key: inside, value: inside }];
  });
  return { kind: "map", members: new Map(members), ...range };
}

const nowhere = sourceText("", "", "");

/** The part of a path that names a property or a member of a record, as `ignore_changes` does. */
function propertyPath(rows: readonly Property[], [name, ...rest]: PropertyPath): PropertyPath {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) return [];
  return [row.name, ...(row.kind.kind === "record" ? propertyPath(row.kind.rows, rest) : [])];
}
