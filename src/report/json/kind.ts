/** The commands whose JSON has a shape of its own, whether they succeed or fail. */
export type JsonKind = "plan" | "drift" | "report" | "output" | "result";

/** The shape of a command's JSON. */
export function jsonKindOf(command: string | undefined): JsonKind {
  switch (command) {
    case "plan":
    case "drift":
    case "output":
      return command;
    case "apply":
    case "destroy":
    case "promote":
    case "rollback":
    case "forget":
      return "report";
    default:
      return "result";
  }
}
