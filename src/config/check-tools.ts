import type { ProblemLog } from "./problem-log.ts";
import { positionOf } from "./source-text.ts";
import { itemsOf, type Member, memberOf, type Tree, textOf } from "./tree.ts";

/** Reports what the tools of one agent may not be together: what their kinds cannot say one by one. */
export function checkTools(log: ProblemLog, tools: Tree | undefined): void {
  const functions = new Map<string, Tree>();
  for (const tool of itemsOf(tools)) {
    checkTogether(log, memberOf(tool, "tool_configuration"), "include", "exclude");
    const type = textOf(memberOf(tool, "type"));
    if (type === "document_library") {
      checkTogether(log, tool, "libraries", "library_ids");
      checkAny(log, tool);
    }
    const name = type === "function" ? memberOf(memberOf(tool, "function"), "name") : undefined;
    if (name !== undefined) checkFunctionName(log, functions, name);
  }
}

function checkFunctionName(log: ProblemLog, functions: Map<string, Tree>, value: Tree): void {
  const name = textOf(value);
  if (name === undefined) return;
  const first = functions.get(name);
  if (first === undefined) functions.set(name, value);
  else log.report(value, { code: "duplicate_function", name, first: positionOf(first) });
}

/** A library tool needs to know which libraries, one way or the other. */
function checkAny(log: ProblemLog, tool: Tree): void {
  const either = memberOf(tool, "libraries") ?? memberOf(tool, "library_ids");
  if (either === undefined) log.report(tool, { code: "missing_key", name: "libraries" });
}

function checkTogether(log: ProblemLog, tree: Tree | undefined, name: string, other: string): void {
  if (memberOf(tree, name) === undefined || memberOf(tree, other) === undefined) return;
  const later = laterOf(memberAt(tree, name), memberAt(tree, other));
  if (later !== undefined) log.report(later.key, { code: "not_together", name, other });
}

function memberAt(tree: Tree | undefined, name: string): Member | undefined {
  return tree?.kind === "map" ? tree.members.get(name) : undefined;
}

function laterOf(one: Member | undefined, other: Member | undefined): Member | undefined {
  return one !== undefined && other !== undefined && one.key.start > other.key.start ? one : other;
}
