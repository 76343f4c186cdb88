import type { CommandSpec } from "./command-spec.ts";
import { applicationOutput, output, owner, server } from "./flags.ts";

/** Commands that tell what the server has. */
export const lookingCommands = {
  show: {
    name: "show",
    summary: "list the project's remote agents: versions, aliases, owner",
    about:
      "Lists this project's agents, or one of them, as the server has them: the default version and the newest one, aliases, model, and what the owner's tags tell. Writes nothing.",
    positionals: { shown: "[KEY]", most: 1 },
    flags: [
      ...owner,
      { name: "json", takes: "switch", doc: "short for --format json" },
      ...server,
      ...output,
    ],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane show", "agentvane show triage --json"],
  },
  output: {
    name: "output",
    product: "output",
    document: "output",
    summary: "print the ids and aliases that an application needs",
    about:
      "Prints the id, the default version and the aliases of each agent: as a table, JSON, variables for a shell or a dotenv file, outputs of a GitHub step, or a TypeScript module. With --out it writes a file, whole or not at all; with --check it compares a file that you committed and exits with 2 when that is out of date. A name such as agents.ts, agents.json or .env chooses the format. Sends nothing but reading requests.",
    positionals: { shown: "[KEY…]", most: 1000 },
    flags: [
      ...owner,
      {
        name: "alias",
        takes: "value",
        placeholder: "ALIAS",
        doc: "the alias that the application names; each agent must have it",
      },
      { name: "out", takes: "value", placeholder: "FILE", doc: "write this file" },
      {
        name: "check",
        takes: "value",
        placeholder: "FILE",
        doc: "exit 2 when this file is out of date",
      },
      ...server,
      ...applicationOutput,
    ],
    exits: [0, 1, 2, 3, 4],
    examples: [
      "agentvane output",
      "agentvane output --alias prod --out agents.ts",
      "agentvane output --alias prod --check agents.ts",
      "agentvane output triage --format json",
    ],
  },
  environments: {
    name: "environments",
    summary: "list the project's environments on the server",
    about:
      "Lists the environments in which this project has agents on the server: how many, their newest release, and whether they are ephemeral. Needs no --env: where environments have keys of their own, it looks with each that is set. Writes nothing.",
    flags: [...owner, ...server, ...output],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane environments", "agentvane environments --project acme --format json"],
  },
  history: {
    name: "history",
    summary: "list an agent's versions, or compare two of them",
    about:
      "Lists an agent's versions, newest first: who wrote each one, from which commit, and which aliases stand there. With --diff it compares two of them, property by property. Writes nothing.",
    positionals: { shown: "KEY", most: 2 },
    flags: [
      ...owner,
      {
        name: "diff",
        takes: "value",
        placeholder: "A B",
        doc: "compare two versions",
      },
      ...server,
      ...output,
    ],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane history triage", "agentvane history triage --diff 0 1"],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
