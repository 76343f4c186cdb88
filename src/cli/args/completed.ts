import type { CommandSpec } from "./command-spec.ts";
import type { Flag } from "./flags.ts";

import { type Completed, completionOf, type Placeholder } from "./placeholder.ts";

/** The ways to write a flag, its letter first. */
export function flagForms({ name, short }: Flag): readonly string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

/** Every form of every flag that takes a value. */
export function valueFlags(table: readonly CommandSpec[]): readonly string[] {
  const flags = table.flatMap((command) => command.flags.filter(({ takes }) => takes !== "switch"));
  return [...new Set(flags.flatMap(flagForms))];
}

/** What completes the value of a flag. */
export function completedValue({ name, placeholder, takes }: Flag): Completed {
  if (name === "env") return { kind: "names", of: "environments", many: false };
  if (placeholder === undefined) return { kind: "nothing" };
  const completed = completionOf(placeholder);
  return completed.kind === "names" ? { ...completed, many: takes === "list" } : completed;
}

/** What completes the positional arguments of a command, in order. */
export function completedArguments({ positionals }: CommandSpec): readonly Completed[] {
  const shown = positionals?.shown.split(" ") ?? [];
  return shown.map((placeholder) =>
    completionOf(placeholder.replaceAll(/[[\]…]/g, "") as Placeholder),
  );
}
