import { toolbox } from "../agent/tool-table.ts";
import type { ProblemLog } from "./problem-log.ts";
import { itemsOf, memberOf, type Tree, textOf } from "./tree.ts";

/** Source: the answer of POST /v1/agents to an agent that must call a tool and has one of these (2026-11). */
const builtIn: ReadonlySet<string> = new Set(toolbox.builtIn);

/** Reports an agent that must call a tool and has one that the server runs: no server creates it. */
export function checkToolChoice(log: ProblemLog, tree: Tree): void {
  const choice = memberOf(memberOf(tree, "completion_args"), "tool_choice");
  if (choice === undefined || textOf(choice) !== "required") return;
  const types = itemsOf(memberOf(tree, "tools")).map((tool) => textOf(memberOf(tool, "type")));
  const name = types.find((type) => type !== undefined && builtIn.has(type));
  if (name !== undefined) log.report(choice, { code: "required_with_built_in", name });
}
