import type { CommandSpec } from "./command-spec.ts";
import type { Flag } from "./flags.ts";

/** The lists of names that `agentvane completion --list` prints. */
export const nameLists = ["keys", "aliases", "environments"] as const;
export type NameList = (typeof nameLists)[number];

/** What completes a place of a command line. */
export type Completed =
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Names in agents.yaml; several, with commas between them, where `many` is true. */
  | { readonly kind: "names"; readonly of: NameList; readonly many: boolean }
  | { readonly kind: "files" }
  | { readonly kind: "nothing" };

const nothing: Completed = { kind: "nothing" };
const files: Completed = { kind: "files" };

/** What completes a place whose placeholder is in capitals; one in small letters lists its choices. */
const places: { readonly [placeholder: string]: Completed } = {
  KEY: { kind: "names", of: "keys", many: false },
  ALIAS: { kind: "names", of: "aliases", many: false },
  FROM: { kind: "names", of: "aliases", many: false },
  TO: { kind: "names", of: "aliases", many: false },
  CODE: nothing,
  ID: nothing,
  FILE: files,
  PLAN: files,
  "A B": nothing,
  JSON: nothing,
  N: nothing,
  NAME: nothing,
  "N|N%": nothing,
  "NAME=VALUE": nothing,
  PORT: nothing,
  SHA: nothing,
  TEXT: nothing,
  TIME: nothing,
  URL: nothing,
};

/** The ways to write a flag, its letter first. */
export function flagForms({ name, short }: Flag): readonly string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}

/** Every form of every flag after which a value comes. */
export function valueFlags(table: readonly CommandSpec[]): readonly string[] {
  const flags = table.flatMap((command) => command.flags.filter(({ takes }) => takes !== "switch"));
  return [...new Set(flags.flatMap(flagForms))];
}

/** What completes the value of a flag. */
export function completedValue({ name, placeholder = "", takes }: Flag): Completed {
  if (name === "env") return { kind: "names", of: "environments", many: false };
  const completed = completedBy(placeholder);
  return completed.kind === "names" ? { ...completed, many: takes === "list" } : completed;
}

/** What completes the positional arguments of a command, in their order. */
export function completedArguments({ positionals }: CommandSpec): readonly Completed[] {
  const shown = positionals?.shown.split(" ") ?? [];
  return shown.map((placeholder) => completedBy(placeholder.replaceAll(/[[\]…]/g, "")));
}

function completedBy(placeholder: string): Completed {
  if (/^[a-z]/.test(placeholder)) return { kind: "words", words: placeholder.split("|") };
  const completed = places[placeholder];
  if (completed === undefined) throw new Error(`nobody has said what completes ${placeholder}`);
  return completed;
}
