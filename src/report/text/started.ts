import type { FileEvent } from "../../commands/file-event.ts";
import { shellCommand } from "../safe/shell-command.ts";
import type { Line } from "../words/line.ts";

/** What to do with a first configuration. */
export function startedText({
  file,
}: Extract<FileEvent, { readonly kind: "started" }>): readonly Line[] {
  const plan = ["agentvane", "plan", ...(file === "agents.yaml" ? [] : ["--file", file])];
  return [
    [],
    ["Next, try it on the built-in emulator, without an account:"],
    [`  ${shellCommand([...plan, "--local"])}`],
    ["Or set MISTRAL_API_KEY, and plan for the real server:"],
    [`  ${shellCommand(plan)}`],
  ];
}
