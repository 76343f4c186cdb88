import type { AgentKey } from "../agent/identity.ts";
import type { ProblemKind } from "./problem.ts";
import type { ReportProblem } from "./problem-log.ts";
import { positionOf } from "./source-text.ts";
import { isNull, itemsOf, memberOf, plain, type Tree, textOf } from "./tree.ts";

/** What an agent says twice to no effect, and what says more than it seems to. */
export function lintDuplicates(report: ReportProblem, key: AgentKey, tree: Tree): void {
  const handoffs = itemsOf(memberOf(tree, "handoffs"));
  const named = (item: Tree) => textOf(item) ?? textOf(memberOf(item, "id"));
  reportSecond(report, "handoff_twice", handoffs, named, named);
  for (const item of handoffs) {
    if (textOf(item) === key) report(item, { code: "handoff_to_itself", name: key });
  }
  reportSecond(report, "tool_twice", itemsOf(memberOf(tree, "tools")), identityOf, typeOf);
  const aliases = memberOf(tree, "aliases");
  reportSecond(report, "alias_twice", itemsOf(aliases), textOf, textOf);
  for (const [name, { key: range, value }] of aliases?.kind === "map" ? aliases.members : []) {
    if (isNull(value) && !isWritten(value)) report(range, { code: "alias_left_empty", name });
  }
}

function reportSecond(
  report: ReportProblem,
  code: Extract<ProblemKind["code"], "handoff_twice" | "tool_twice" | "alias_twice">,
  items: readonly Tree[],
  identity: (item: Tree) => string | undefined,
  nameOf: (item: Tree) => string | undefined,
): void {
  const seen = new Map<string, Tree>();
  for (const item of items) {
    const same = identity(item);
    if (same === undefined) continue;
    const first = seen.get(same);
    if (first === undefined) seen.set(same, item);
    else report(item, { code, name: nameOf(item) ?? same, first: positionOf(first) });
  }
}

function typeOf(tool: Tree): string | undefined {
  return textOf(memberOf(tool, "type"));
}

/** What makes a tool a second one of the same. Functions are known by name, which is checked elsewhere. */
function identityOf(tool: Tree): string | undefined {
  const type = typeOf(tool);
  switch (type) {
    case "function":
      return undefined;
    case "connector":
      return `connector ${textOf(memberOf(tool, "connector_id"))}`;
    case "document_library":
      return JSON.stringify(plain(tool));
    default:
      return type;
  }
}

/** Whether a null is in the file, and not just nothing after a colon. */
function isWritten({ source, start, end }: Tree): boolean {
  return /^(?:null|~)$/i.test(source.text.slice(start, end).trim());
}
