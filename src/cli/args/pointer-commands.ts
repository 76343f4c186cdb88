import type { CommandSpec } from "./command-spec.ts";
import { only, output, owner, repointing, server } from "./flags.ts";

/** Commands that move an alias to an existing version. */
export const pointerCommands = {
  promote: {
    name: "promote",
    summary: "move an alias to the versions of another alias",
    about:
      "Asks, then moves the alias TO to the version of FROM, for all agents that have FROM or those of --only. If one move fails, it reverts all. Creates no version. Prints the pins that keep the next apply from moving TO; with --write it writes them into agents.yaml.",
    positionals: { shown: "FROM TO", most: 2 },
    flags: [
      ...owner,
      only,
      {
        name: "allow-foreign",
        takes: "switch",
        doc: "allow versions that were edited outside agentvane",
      },
      ...repointing,
      ...server,
      ...output,
    ],
    product: "effect",
    document: "report",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane promote staging prod",
      "agentvane promote staging prod --only triage --auto-approve --write",
    ],
  },
  rollback: {
    name: "rollback",
    summary: "move an alias back to an earlier version",
    about:
      "Asks, then moves an alias back: to its version before the newest release that moved it, to a version that you name, or to the version of a commit. Creates no version and moves no default version. Prints the pins that keep the next apply from moving the alias; with --write it writes them into agents.yaml.",
    positionals: { shown: "ALIAS", most: 1 },
    flags: [
      ...owner,
      { name: "to", takes: "value", placeholder: "N", doc: "to this version; with one --only KEY" },
      {
        name: "to-commit",
        takes: "value",
        placeholder: "SHA",
        doc: "every agent to its version of this commit",
      },
      only,
      ...repointing,
      ...server,
      ...output,
    ],
    product: "effect",
    document: "report",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane rollback prod",
      "agentvane rollback prod --to 2 --only triage",
      "agentvane rollback prod --write",
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
