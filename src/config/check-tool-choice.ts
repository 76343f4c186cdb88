import { toolbox } from "../agent/tool-table.ts";
import { itemsOf, memberOf, type Tree, textOf } from "./tree.ts";
import type { TroubleLog } from "./trouble-log.ts";

/** Source: the answer of POST /v1/agents to an agent that must call a tool and has one of these (2026-11). */
const builtIn: ReadonlySet<string> = new Set(toolbox.builtIn);

/** Tells an agent that must call a tool and has one that the server runs: no server creates it. */
export function checkToolChoice(log: TroubleLog, tree: Tree): void {
  const choice = memberOf(memberOf(tree, "completion_args"), "tool_choice");
  if (choice === undefined || textOf(choice) !== "required") return;
  const types = itemsOf(memberOf(tree, "tools")).map((tool) => textOf(memberOf(tool, "type")));
  const name = types.find((type) => type !== undefined && builtIn.has(type));
  if (name !== undefined) log.tell(choice, { code: "required_with_built_in", name });
}
